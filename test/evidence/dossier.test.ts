import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAttribution } from '../../src/evidence/attribution.ts';
import { makeDossier } from '../../src/evidence/make-dossier.ts';
import { sha256 } from '../../src/evidence/manifest.ts';
import { zipDossier } from '../../src/evidence/save-dossier.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { END } from '../detections/world.ts';
import { golden } from '../golden.ts';
import { campaignInDatabase, dossierOf, HOSTILE, makerOf } from './dossier-room.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  await campaignInDatabase(pool);
});
afterAll(() => database.drop());

const fileOf = async (name: string, order = {}): Promise<string> =>
  (await dossierOf(pool, order)).files.get(name) ?? '';
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

describe('a dossier', () => {
  it('holds what it promises, each file under its digest', async () => {
    const { files, manifest } = await dossierOf(pool);
    const named = ['accounts.csv', 'audit.ndjson', 'queries.json', 'report.html', 'traits.csv'];
    expect(Object.keys(manifest.files)).toEqual(expect.arrayContaining(named));
    expect([...files.keys()].toSorted()).toEqual([...Object.keys(manifest.files), 'manifest.json'].toSorted());
    for (const [name, { sha256: digest }] of Object.entries(manifest.files)) {
      expect(sha256(files.get(name) ?? '')).toBe(digest);
    }
    const { files: _, seal: __, ...head } = manifest;
    expect(head).toEqual(await golden('dossier-manifest', head));
  });

  it('is the same to the byte when it is made again, zip included', async () => {
    const first = await dossierOf(pool);
    // Another dossier in between: nothing may count over the life of the program.
    await dossierOf(pool, { identified: true });
    const second = await dossierOf(pool);
    expect([...second.files]).toEqual([...first.files]);
    expect(Buffer.from(zipDossier(second)).equals(zipDossier(first))).toBe(true);
    const asOf = Date.parse(first.manifest.as_of);
    expect([...(await dossierOf(pool, { asOf })).files]).toEqual([...first.files]);
    expect(Object.keys(unzipSync(zipDossier(first)))).toContain('C-1/report.html');
  });

  it('keeps the known facts of its world', async () => {
    const accounts = rowsOf(await fileOf('accounts.csv'));
    expect(accounts).toHaveLength(24);
    const { rows } = await pool.query<{ exchanges: number }>(
      `select sum(exchanges)::int as exchanges from account_day join campaign_account using (account_key) where day <= '2026-03-11'`,
    );
    expect(accounts.reduce((sum, row) => sum + Number(row['exchanges']), 0)).toBe(rows[0]?.exchanges);
    const traits = rowsOf(await fileOf('traits.csv'));
    const cards = traits.filter(({ kind }) => kind === 'payment');
    expect(cards.map(({ accounts: count, other_accounts: others }) => [count, others])).toEqual([
      ['8', '0'],
      ['8', '0'],
      ['8', '0'],
    ]);
    expect(cards[0]?.['detections']).toBe('shared-payment');
  });

  it('says when there is nothing to tell', async () => {
    const maker = makerOf(pool);
    expect(await makeDossier(maker, { number: 99 })).toMatchObject({ ok: false, reason: 'not_found' });
    expect(await makeDossier(maker, { number: 1, asOf: END - 86_400_000 })).toMatchObject({
      ok: false,
      reason: 'not_known_then',
      says: expect.stringContaining('is known since'),
    });
  });

  it('tells no decision that came after the time it is as of', async () => {
    const early = await dossierOf(pool, { asOf: END });
    expect(early.files.get('audit.ndjson')).not.toContain('campaign.confirm');
    expect(early.files.get('audit.ndjson')).toContain('"head":{"seq":1,');
    expect(early.manifest.as_of).toBe(new Date(END).toISOString());
  });
});

describe('pseudonyms', () => {
  it('stand for every account, organisation and mail domain, in all files', async () => {
    const { rows } = await pool.query<{ account_id: string; email_domain: string }>(
      'select account_id, email_domain from account join campaign_account using (account_key)',
    );
    const ids = rows.flatMap(({ account_id, email_domain }) => [account_id, email_domain, 'org_of_one']);
    for (const [name, content] of (await dossierOf(pool)).files) {
      expect(ids.filter((id) => content.includes(id)).map((id) => `${name}: ${id}`)).toEqual([]);
    }
    expect(await fileOf('accounts.csv')).toMatch(/^account-[0-9a-f]{16},member,/m);
    expect(await fileOf('accounts.csv')).toMatch(/,org-[0-9a-f]{16},/);
  });

  it('give way to names where that is asked for', async () => {
    const text = await fileOf('accounts.csv', { identified: true });
    expect(rowsOf(text).map((row) => row['account'])).toEqual(
      expect.arrayContaining([HOSTILE.markup, HOSTILE.pattern]),
    );
    expect(text).toContain('org_of_one');
    expect(await fileOf('audit.ndjson', { identified: true })).not.toContain('withheld');
  });

  it('withhold an audit entry whose words name an account, and keep its place', async () => {
    const entries = (await fileOf('audit.ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(entries).toEqual([
      expect.objectContaining({ type: 'chain', whole: true, entries: 2 }),
      expect.objectContaining({ type: 'entry', action: 'campaign.open', actor: 'retort' }),
      expect.objectContaining({ type: 'withheld', action: 'campaign.confirm', actor: 'U0MARA' }),
    ]);
    expect(entries[2]).not.toHaveProperty('reason');
    expect((entries[2] as { previous_hash: string }).previous_hash).toBe((entries[1] as { hash: string }).hash);
  });
});

describe('hostile names', () => {
  it('are text in the report, and seen', async () => {
    const report = await fileOf('report.html', { identified: true });
    expect(report).not.toMatch(/<script|<img|<b>&/);
    expect(report).toContain('cards match &lt;b&gt;&amp; &lt;script&gt;');
    expect(report).toContain('\\u{7}');
    expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('are no formulas in a table, and one cell each', async () => {
    const text = await fileOf('accounts.csv', { identified: true });
    for (const row of rowsOf(text)) {
      expect(Object.keys(row)).toHaveLength(22);
      for (const [name, cell] of Object.entries(row)) expect(`${name} ${cell}`).not.toMatch(/^\w+ [=+@\t\r]/);
    }
    expect(text).toContain("'=cmd|'/C calc'!A0");
    expect(text).toContain("'+1+1");
    expect(text).toContain('acct_\\u{202e}gnp.exe');
  });
});

describe('attribution', () => {
  const STATED = {
    statement: 'The accounts were run for <b>Example Lab</b>\0.',
    likelihood: 'likely',
    confidence: 'moderate',
    stated_by: 'Mara, threat intelligence',
    stated_at: '2026-03-14T10:00:00Z',
    evidence: ['the cards were bought by one reseller, who named the customer'],
  };

  it('is not there unless a person states it', async () => {
    const { files } = await dossierOf(pool);
    expect([...files.keys()]).not.toContain('attribution.json');
    expect(files.get('report.html')).toContain('Nothing here says who is behind the accounts');
    for (const content of files.values()) expect(content).not.toContain('threat-actor');
  });

  it('stands as the person’s own, in ICD 203’s words with their range', async () => {
    const read = readAttribution(JSON.stringify(STATED));
    if (!read.ok) throw new Error(read.problem);
    const { files } = await dossierOf(pool, { attribution: read.attribution });
    expect(JSON.parse(files.get('attribution.json') ?? '')).toMatchObject({
      likelihood: 'likely',
      likelihood_percent: [55, 80],
      standard: 'ICD 203',
      evidence: STATED.evidence,
    });
    const report = files.get('report.html') ?? '';
    expect(report).toContain('likely (55–80 %, ICD 203)');
    expect(report).toContain('&lt;b&gt;Example Lab&lt;/b&gt;\\u{0}');
    expect(readAttribution(files.get('attribution.json') ?? '')).toEqual(read);
  });

  it.each([
    ['no evidence', { ...STATED, evidence: [] }, 'must name what it rests on'],
    ['a word of its own', { ...STATED, likelihood: 'surely' }, "ICD 203's words"],
    ['no person', { ...STATED, stated_by: '' }, 'stated_by'],
    ['something else', { ...STATED, actor: 'x' }, 'actor'],
  ])('with %s is refused', (_, stated, words) => {
    expect(readAttribution(JSON.stringify(stated))).toMatchObject({
      ok: false,
      problem: expect.stringContaining(words),
    });
  });

  it.each(['', 'null', '[]', '{'])('that is %j is refused', (text) => {
    expect(readAttribution(text)).toMatchObject({ ok: false });
  });
});
