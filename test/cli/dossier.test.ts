import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { campaignInDatabase, KEY } from '../evidence/dossier-room.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await campaignInDatabase(database.pool);
});
afterAll(() => database.drop());

const retort = (...words: string[]) => runRetort(words, { DATABASE_URL: database.url, RETORT_FINGERPRINT_KEY: KEY });

describe('retort dossier', { timeout: 120_000 }, () => {
  it('writes a folder and a zip, which it finds whole by itself and against the database', async () => {
    const folder = path.join(await temporaryDirectory(), 'evidence');
    const made = await retort('dossier', 'c1', '--out', folder);
    expect(made).toMatchObject({ status: 0, err: '' });
    const seal = /sha256 of manifest.json, to be noted elsewhere: ([0-9a-f]{64})/.exec(made.out)?.[1] ?? '';
    expect((await readFile(`${folder}.zip`)).subarray(0, 2).toString()).toBe('PK');
    const checked = await retort('dossier', 'verify', folder, '--rerun', '--manifest', seal, '--json');
    expect(checked.status).toBe(0);
    expect(JSON.parse(checked.out)).toMatchObject({ campaign: 'C-1', manifestSha256: seal, problems: [] });

    await writeFile(path.join(folder, 'traits.csv'), 'none');
    const found = await retort('dossier', 'verify', folder);
    expect(found).toMatchObject({ status: 1, out: expect.stringContaining('- traits.csv was changed') });
    expect(found.err).toContain('the dossier is not as it was made');
    expect(await retort('dossier', 'C-1', '--out', folder)).toMatchObject({
      status: 1,
      err: expect.stringContaining('is not empty'),
    });
  });

  it.each([
    [['dossier', 'x', '--out', '/tmp/none'], 2, "not a campaign's id"],
    [['dossier', 'C-1'], 2, 'with --out'],
    [['dossier', 'C-77', '--out', '/tmp/none'], 1, 'there is no campaign C-77'],
    [['dossier', 'verify', '/tmp/no-such-folder'], 1, 'cannot be read as a folder'],
  ])('says what is wrong with %j', async (words, status, says) => {
    expect(await retort(...words)).toMatchObject({ status, err: expect.stringContaining(says) });
  });

  it('refuses a statement of attribution that is none', async () => {
    const file = path.join(await temporaryDirectory(), 'stated.json');
    await writeFile(file, '{"statement":"someone did it"}');
    const refused = await retort('dossier', 'C-1', '--out', '/tmp/none', '--attribution-file', file);
    expect(refused).toMatchObject({ status: 2, err: expect.stringMatching(/stated.json is no statement: \w+/) });
  });
});
