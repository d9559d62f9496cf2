import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { dealtAccount, live, peopledWorld } from '../jobs/campaign-world.ts';
import { END } from '../detections/world.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

const CAMPAIGN_KEYS = [
  'id',
  'kind',
  'status',
  'severity',
  'confidence',
  'first_exchange_at',
  'last_exchange_at',
  'alerted_at',
  'account_ids',
  'exchange_count',
  'families',
  'detections',
];
const REPLAY_KEYS = ['campaigns', 'exchanges', 'accounts', 'cycles', 'quarantined', 'seconds'];
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const world = peopledWorld('command line');
const guilty = world.pool(24, (index) => dealtAccount(world, index));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const retort = (...words: string[]) => runRetort(words, { DATABASE_URL: database.url });
const keysOf = (value: unknown): string[] => Object.keys(value as object).toSorted();
const campaignsOf = (out: string) => (JSON.parse(out) as { campaigns: Record<string, unknown>[] }).campaigns;

async function files(): Promise<{ accounts: string; exchanges: string }> {
  const directory = await temporaryDirectory();
  const write = async (name: string, lines: readonly string[]): Promise<string> => {
    const file = path.join(directory, name);
    await writeFile(file, `${lines.join('\n')}\n`);
    return file;
  };
  const exchanges = world.exchanges.toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
  return {
    accounts: await write(
      'accounts.ndjson',
      world.accounts.map((line) => JSON.stringify(line)),
    ),
    exchanges: await write('exchanges.ndjson', [...exchanges.map((line) => JSON.stringify(line)), 'no record']),
  };
}

describe('retort replay', { timeout: 180_000 }, () => {
  it('prints exactly the contract’s report, and leaves no database behind', async () => {
    const { accounts, exchanges } = await files();
    const { status, out } = await retort('replay', '--accounts', accounts, '--exchanges', exchanges, '--json');
    expect(status).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(keysOf(report)).toEqual(REPLAY_KEYS.toSorted());
    expect(report).toMatchObject({
      exchanges: world.exchanges.length,
      accounts: world.accounts.length,
      quarantined: 1,
      cycles: expect.any(Number),
      seconds: expect.any(Number),
    });
    const campaigns = campaignsOf(out);
    expect(campaigns.map(keysOf)).toEqual([CAMPAIGN_KEYS.toSorted()]);
    expect(campaigns[0]).toMatchObject({ id: 'C-1', kind: 'extraction', account_ids: guilty.toSorted() });
    expect(campaigns[0]?.['alerted_at']).toMatch(RFC3339);
    const left = async () =>
      (await database.pool.query("select datname from pg_database where datname like 'retort_replay_%'")).rows;
    // Other tests' databases of that name go, too.
    await expect.poll(left).toEqual([]);
  });

  it('ends with 1 where a file is missing, naming it', async () => {
    const { accounts } = await files();
    const { status, out, err } = await retort('replay', '--accounts', accounts, '--exchanges', '/nowhere/x.ndjson');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('/nowhere/x.ndjson: there is no such file');
  });

  it('ends with 2 where it is used wrongly', async () => {
    expect(await retort('replay', '--accounts', 'a')).toMatchObject({
      status: 2,
      err: expect.stringContaining('--exchanges'),
    });
    expect(await retort('replay', '--accounts', 'a', '--exchanges', 'b', '--fast')).toMatchObject({ status: 2 });
  });
});

describe('retort detect and campaigns', { timeout: 180_000 }, () => {
  it('have nothing to say of an empty database', async () => {
    const detected = await retort('detect', '--json');
    expect(detected.status).toBe(0);
    expect(JSON.parse(detected.out)).toMatchObject({ windowEnd: null, hits: 0, groups: 0, campaigns: [], failed: [] });
    expect(await retort('campaigns', '--json')).toMatchObject({ status: 0, out: '{"campaigns":[]}\n' });
    expect(await retort('campaigns')).toMatchObject({ status: 0, out: 'no campaigns\n' });
  });

  it('find a campaign, list it and show it', async () => {
    await live(database.pool, world);
    const detected = await retort('detect', '--as-of', new Date(END).toISOString(), '--json');
    expect(detected.status).toBe(0);
    expect(JSON.parse(detected.out)).toMatchObject({ campaigns: [{ id: 'C-1', decision: 'first', accounts: 24 }] });

    const all = await retort('campaigns', '--json');
    expect(keysOf(JSON.parse(all.out))).toEqual(['campaigns']);
    expect(campaignsOf(all.out).map(keysOf)).toEqual([CAMPAIGN_KEYS.toSorted()]);
    const one = await retort('campaigns', 'c1', '--json');
    expect(campaignsOf(one.out)).toEqual(campaignsOf(all.out));
    expect(campaignsOf(all.out)[0]).toMatchObject({
      alerted_at: new Date(END).toISOString(),
      account_ids: guilty.toSorted(),
    });

    const page = await retort('campaigns', 'C-1');
    expect(page.status).toBe(0);
    expect(page.out).toContain('24 of 24 accounts');
  });

  it('end with 1 for a campaign that is not there, and with 2 for what is no id or no time', async () => {
    expect(await retort('campaigns', 'C-99')).toMatchObject({ status: 1, err: expect.stringContaining('C-99') });
    expect(await retort('campaigns', 'nonsense')).toMatchObject({ status: 2, err: expect.stringContaining('C-12') });
    expect(await retort('detect', '--as-of', 'yesterday')).toMatchObject({ status: 2, out: '' });
  });
});
