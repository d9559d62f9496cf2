import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { END } from '../detections/world.ts';
import { campaignInDatabase, dossierOf, KEY } from '../evidence/dossier-room.ts';
import { look } from '../jobs/campaign-world.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await campaignInDatabase(database.pool);
});
afterAll(() => database.drop());

const retort = (...words: string[]) => runRetort(words, { DATABASE_URL: database.url, RETORT_FINGERPRINT_KEY: KEY });
const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString();

describe('retort indicators', { timeout: 120_000 }, () => {
  it('takes in a bundle of another installation with the same key, which becomes evidence with its source', async () => {
    const folder = await temporaryDirectory();
    const file = path.join(folder, 'theirs.json');
    // Its validity ended 90 days after simulated data that is long past.
    const stix = (await dossierOf(database.pool)).files.get('stix.json') ?? '';
    await writeFile(file, stix.replaceAll(/"valid_until": "[^"]+"/g, `"valid_until": "${NEXT_MONTH}"`));
    const source = ['--source', 'Example Lab', '--expires', NEXT_MONTH];
    const taken = await retort('indicators', 'import', file, ...source, '--json');
    expect(taken).toMatchObject({ status: 0 });
    expect(JSON.parse(taken.out)).toEqual({ source: 'Example Lab', added: 8, renewed: 0, skipped: [] });
    const again = await retort('indicators', 'import', file, ...source);
    expect(again.out).toContain('Example Lab: 0 added, 8 renewed, 0 skipped');
    expect((await retort('indicators', 'list')).out).toMatch(
      /^Example Lab: 8 indicators, 0 of them expired, .*; 24 accounts/,
    );

    await look(database.pool, { now: END + 3_600_000 });
    const [record] = await readCampaignRecords(database.pool);
    expect(record?.detections).toContain('shared-indicator');
    const report = (await dossierOf(database.pool)).files.get('report.html');
    expect(report).toContain('24 of 24 accounts bear what Example Lab saw in campaigns of their own');

    const removed = await retort('indicators', 'remove', 'Example Lab', '--reason', 'they were ours');
    expect(removed).toMatchObject({ status: 0, out: '8 indicators of Example Lab removed\n' });
    const { rows } = await database.pool.query<{ action: string; actor: string; reason: string }>(
      "select action, actor, reason from audit_entry where subject = 'Example Lab' order by seq",
    );
    expect(rows.map(({ action }) => action)).toEqual(['indicator.import', 'indicator.import', 'indicator.remove']);
    expect(rows[2]).toMatchObject({ actor: expect.stringMatching(/^cli/), reason: 'they were ours' });
  });

  it('says why nothing of a file can be compared, and what is wrong with its own words', async () => {
    const file = path.join(await temporaryDirectory(), 'theirs.csv');
    await writeFile(file, 'trait,key_id\nc2f6358fb11cf4cc,0123456789abcdef\n');
    const refused = await retort('indicators', 'import', file, '--source', 'Other Lab', '--expires', NEXT_MONTH);
    expect(refused).toMatchObject({
      status: 1,
      err: expect.stringContaining('was made with another key (0123456789abcdef'),
    });
    const past = await retort('indicators', 'import', file, '--source', 'Other Lab', '--expires', '2020-01-01');
    expect(past).toMatchObject({ status: 2, err: expect.stringContaining('It has passed') });
    const named = await retort('indicators', 'import', file, '--source', '<!channel>', '--expires', NEXT_MONTH);
    expect(named).toMatchObject({ status: 2, err: expect.stringContaining('a name of letters') });
  });
});
