import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/evidence/ask-query.ts';
import { Manifest, sha256 } from '../../src/evidence/manifest.ts';
import { saveDossier } from '../../src/evidence/save-dossier.ts';
import { verifyDossier } from '../../src/evidence/verify-dossier.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { campaignInDatabase, dossierOf, makerOf } from './dossier-room.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  await campaignInDatabase(pool);
});
afterAll(() => database.drop());

async function saved(order = {}): Promise<{ folder: string; file: (name: string) => string }> {
  const { folder } = await saveDossier(await dossierOf(pool, order), path.join(await temporaryDirectory(), 'C-1'));
  return { folder, file: (name) => path.join(folder, name) };
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

/** As a forger would who knows the format: the manifest agrees with the folder again. */
async function reseal(folder: string): Promise<void> {
  const file = path.join(folder, 'manifest.json');
  const { seal: _, ...manifest } = Manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const name of Object.keys(manifest.files)) {
    const content = await readFile(path.join(folder, name));
    manifest.files[name] = { sha256: sha256(content), bytes: content.length };
  }
  await writeFile(file, JSON.stringify({ ...manifest, seal: digestOf(manifest) }));
}

describe('verification', () => {
  it('finds nothing in what was just written, by itself and against the database', async () => {
    const { folder } = await saved();
    expect(await verifyDossier(folder)).toMatchObject({ campaign: 'C-1', problems: [], queries: null });
    const { problems, queries } = await verifyDossier(folder, { maker: makerOf(pool) });
    expect(problems).toEqual([]);
    expect(queries?.map(({ id }) => id)).toEqual([
      'accounts',
      'activity',
      'hours',
      'traffic',
      'uses',
      'models',
      'traits',
      'population',
      'shared-template',
      'shared-payment',
      'carded-template',
      'no-night',
    ]);
    expect(queries?.every(({ same }) => same)).toBe(true);
  });

  it.each(['report.html', 'accounts.csv', 'traits.csv', 'queries.json', 'audit.ndjson'])(
    'finds one changed byte in %s',
    async (name) => {
      const { folder, file } = await saved();
      await edit(file(name), (text) => text.replace('1', '2'));
      expect((await verifyDossier(folder)).problems).toContain(`${name} was changed`);
    },
  );

  it('finds what is missing, what came on top, and what is no file', async () => {
    const { folder, file } = await saved();
    await rm(file('traits.csv'));
    await writeFile(file('more.txt'), 'x');
    await symlink('/etc/hostname', file('link'));
    const { problems } = await verifyDossier(folder);
    expect(problems).toEqual(['link is not a file', 'traits.csv is missing', 'more.txt is not in the manifest']);
    await rm(file('manifest.json'));
    expect((await verifyDossier(folder)).problems).toContain('manifest.json is missing');
    await expect(verifyDossier(`${folder}.zip`)).rejects.toThrow('unpack the zip first');
    await expect(verifyDossier(`${folder}-none`)).rejects.toThrow('name the folder');
  });

  it('finds an edited manifest by its seal, and one made anew by the noted digest', async () => {
    const { folder, file } = await saved();
    const { manifestSha256 } = await verifyDossier(folder);
    await edit(file('manifest.json'), (text) => text.replace('"as_of": "2026', '"as_of": "2025'));
    expect((await verifyDossier(folder)).problems).toEqual(['manifest.json was edited: its seal does not fit']);
    await reseal(folder);
    expect((await verifyDossier(folder)).problems).toEqual([]);
    expect((await verifyDossier(folder, { noted: manifestSha256 ?? '' })).problems).toEqual([
      'manifest.json is not the one that was noted',
    ]);
  });

  it('finds a forged decision in the audit part even where the manifest was made to agree', async () => {
    const { folder, file } = await saved({ identified: true });
    await edit(file('audit.ndjson'), (text) => text.replace('"actor":"U0MARA"', '"actor":"U0OTHER"'));
    await reseal(folder);
    expect((await verifyDossier(folder)).problems).toEqual(['audit.ndjson: entry 2 is not what its hash says']);
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    ['a left out entry', ([chain = '', , ...rest]) => [chain, ...rest], '2 entries were written, 1 are here'],
    ['a swap', ([chain = '', a = '', b = '']) => [chain, b, a], 'entry 1 is out of its place'],
    ['no chain', ([, ...rest]) => rest, 'the first line must be the chain'],
    ['nonsense', (lines) => [...lines, '{"type":"entry"}'], 'line 4 is no line of an audit part'],
  ])('finds %s in the audit part', async (_, change, problem) => {
    const { folder, file } = await saved({ identified: true });
    await edit(file('audit.ndjson'), (text) => change(text.trimEnd().split('\n')).join('\n'));
    await reseal(folder);
    expect((await verifyDossier(folder)).problems).toContainEqual(`audit.ndjson: ${problem}`);
  });
});

describe('a second run against the database', () => {
  const rerun = async (folder: string, change = {}) =>
    (await verifyDossier(folder, { maker: makerOf(pool, change) })).problems;

  it('finds figures that the database does not give', async () => {
    const { folder, file } = await saved();
    await edit(file('queries.json'), (text) => text.replace(/("id": "activity"[\s\S]*?"result_sha256": ")\w/, '$1x'));
    await reseal(folder);
    expect(await rerun(folder)).toEqual([expect.stringMatching(/^query activity answers otherwise: \d+ rows then/)]);
  });

  it('never runs what stands in the file', async () => {
    const { folder, file } = await saved();
    await edit(file('queries.json'), (text) =>
      text.replace('"sql": "select', '"sql": "drop table campaign_account; select'),
    );
    await reseal(folder);
    expect(await rerun(folder)).toEqual(['query accounts is asked otherwise by this version or configuration']);
    expect((await pool.query('select from campaign_account')).rowCount).toBe(24);
  });

  it('finds entries of the audit that are the database’s and not the dossier’s', async () => {
    const { folder, file } = await saved({ identified: true });
    const { rows } = await pool.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from audit_entry where seq = 1",
    );
    await edit(file('audit.ndjson'), (text) =>
      [
        text
          .split('\n')[0]
          ?.replace('"entries":2', '"entries":1')
          .replace('"seq":2', '"seq":1')
          .replace(/[0-9a-f]{64}/, rows[0]?.hash ?? ''),
        text.split('\n')[1],
      ].join('\n'),
    );
    await reseal(folder);
    expect((await verifyDossier(folder)).problems).toEqual([]);
    expect(await rerun(folder)).toEqual(['audit entry 2 is missing']);
  });

  it('says so where it is another installation’s', async () => {
    const { folder } = await saved();
    expect(await rerun(folder, { keyId: 'another' })).toEqual([expect.stringContaining('another fingerprint key')]);
  });

  it('sees what has changed since', async () => {
    const { folder } = await saved();
    await pool.query(
      "update account_day set exchanges = exchanges + 1 where day = '2026-03-10' and account_key in (select account_key from campaign_account limit 1)",
    );
    const problems = await rerun(folder);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringContaining('query accounts answers otherwise'),
        expect.stringContaining('query activity answers otherwise'),
        expect.stringContaining('query population answers otherwise'),
      ]),
    );
    expect(problems.filter((problem) => /query (traffic|uses|models|traits) /.test(problem))).toEqual([]);
  });
});

it('evidence is not written over', async () => {
  const { folder } = await saved();
  await expect(saveDossier(await dossierOf(pool), folder)).rejects.toThrow('is not empty');
});
