import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { detectionOf } from '../detections/detection-of.ts';
import { END } from '../detections/world.ts';
import { dealtAccount, guiltyWorld as guiltyWorldIn, live, look, peopledWorld } from './campaign-world.ts';

let database: TestDatabase;
let pool: pg.Pool;

// A database for each test: the audit cannot be emptied.
beforeEach(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const HOUR = 3_600_000;
const OTHER = 'You are given a question and an answer. Grade the answer by the rubric, from 1 to 10. Question:';
const rowsOf = async (query: string): Promise<unknown[]> => (await pool.query(query)).rows;
const audit = () => rowsOf('select actor, action, subject, reason from audit_entry order by seq');
const outbox = () => rowsOf('select kind, campaign_id, state from outbox order by outbox_id');
const WRITTEN = ['hit', 'campaign', 'campaign_account', 'audit_entry', 'outbox'];
const written = async (tables = WRITTEN): Promise<number[]> =>
  Promise.all(
    tables.map(async (table) => {
      const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      return rows[0]?.n ?? 0;
    }),
  );

const guiltyWorld = (seed: string, count?: number) => guiltyWorldIn(pool, seed, count);

describe('a new campaign', () => {
  it('comes with its members, an audit entry and its message, all told once', async () => {
    const { guilty } = await guiltyWorld('new');
    const result = await look(pool);
    expect(result).toMatchObject({ windowEnd: expect.any(Number), failed: [] });
    expect(result.campaigns).toEqual([{ id: 'C-1', decision: 'first', accounts: 24 }]);
    const [record, ...others] = await readCampaignRecords(pool);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      id: 'C-1',
      kind: 'extraction',
      status: 'suspected',
      alerted_at: new Date(END).toISOString(),
      families: expect.arrayContaining(['content', 'payment']),
      account_ids: guilty.toSorted(),
    });
    const counted = await rowsOf(`
      select count(*)::int as exchanges from exchange join campaign_account using (account_key)`);
    expect(counted).toEqual([{ exchanges: record?.exchange_count }]);
    expect(await audit()).toEqual([{ actor: 'retort', action: 'campaign.open', subject: 'C-1', reason: 'first' }]);
    expect(await outbox()).toEqual([{ kind: 'campaign_root', campaign_id: 1, state: 'pending' }]);
    expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  });

  it('is the same one when it is found again, and nobody is told twice', async () => {
    await guiltyWorld('again');
    await look(pool);
    const before = await written();
    const again = await look(pool, { now: END + HOUR });
    expect(again.campaigns).toEqual([{ id: 'C-1', decision: 'quiet', accounts: 24 }]);
    expect(await written()).toEqual(before);
    const [record] = await readCampaignRecords(pool);
    expect(record?.alerted_at).toBe(new Date(END).toISOString());
  });

  it('leaves nothing behind where the last of its writes fails', async () => {
    await guiltyWorld('fault');
    await pool.query('alter table outbox add constraint broken check (outbox_id < 0)');
    await expect(look(pool)).rejects.toThrow('broken');
    expect(await written(['campaign', 'campaign_account', 'audit_entry', 'outbox'])).toEqual([0, 0, 0, 0]);
    await pool.query('alter table outbox drop constraint broken');
    expect((await look(pool)).campaigns).toMatchObject([{ decision: 'first', accounts: 24 }]);
    expect(await audit()).toHaveLength(1);
  });

  it('is not made of people, however long one looks', async () => {
    await live(pool, peopledWorld('innocent'));
    expect(await look(pool)).toMatchObject({ campaigns: [], failed: [] });
    expect(await written(['campaign', 'audit_entry', 'outbox'])).toEqual([0, 0, 0]);
  });

  it('is told apart from another at the same time', async () => {
    const world = peopledWorld('two');
    const first = world.pool(24, (index) => dealtAccount(world, index));
    const second = world.pool(16, (index) => dealtAccount(world, index, { name: 'other', wrapper: OTHER }));
    await live(pool, world);
    await look(pool);
    const accounts = (await readCampaignRecords(pool)).map((record) => record.account_ids);
    expect(accounts.toSorted((a, b) => b.length - a.length)).toEqual([first.toSorted(), second.toSorted()]);
  });
});

describe('a known campaign', () => {
  it('alerts again when it has grown, with the reason in the thread and in the audit', async () => {
    const { world, guilty } = await guiltyWorld('growing');
    await look(pool);
    const from = { accounts: world.accounts.length, exchanges: world.exchanges.length };
    const joined = world.pool(16, (index) => dealtAccount(world, 100 + index));
    await live(pool, world, from);
    const grown = await look(pool, { now: END + HOUR });
    expect(grown.campaigns).toEqual([{ id: 'C-1', decision: 'grew', accounts: 40 }]);
    const [record] = await readCampaignRecords(pool);
    expect(record?.account_ids).toEqual([...guilty, ...joined].toSorted());
    expect(record?.alerted_at).toBe(new Date(END).toISOString());
    expect(await audit()).toMatchObject([{ action: 'campaign.open' }, { action: 'campaign.alert', reason: 'grew' }]);
    expect(await outbox()).toMatchObject([
      { kind: 'campaign_root' },
      { kind: 'campaign_root' },
      { kind: 'campaign_reply' },
    ]);
    const reply =
      "select payload->>'reason' as reason, payload->'before'->'accountCount' as before from outbox where kind = 'campaign_reply'";
    expect(await rowsOf(reply)).toEqual([{ reason: 'grew', before: 24 }]);
    expect((await look(pool, { now: END + 2 * HOUR })).campaigns).toMatchObject([{ decision: 'quiet' }]);
  });

  it('takes in another with the same accounts, and says so of both', async () => {
    await guiltyWorld('merging', 32);
    await look(pool);
    // As if the two halves had been found apart before anything tied them.
    await pool.query(
      'insert into campaign (kind, status, severity, confidence, account_count, exchange_count, families, detections, evidence, alerted_at, alerted, created_at, updated_at) select kind, status, severity, confidence, account_count, exchange_count, families, detections, evidence, $1, alerted, created_at, updated_at from campaign',
      [new Date(END - HOUR)],
    );
    await pool.query(`
      with half as (
        delete from campaign_account where campaign_id = 1
          and account_key in (select account_key from campaign_account order by account_key limit 12) returning *
      )
      insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
      select 2, account_key, strength, standing, detections, joined_at from half`);
    const best = "update campaign set evidence = jsonb_set(evidence, '{bestTie}', $1)";
    const { rows: ties } = await pool.query<{ tie: string }>("select evidence->>'bestTie' as tie from campaign");
    // Not by a tie of less than a twentieth of the best.
    await pool.query(best, ['1000000']);
    await look(pool);
    expect(await rowsOf("select count(*)::int as n from campaign where status = 'merged'")).toEqual([{ n: 0 }]);
    await pool.query(best, [ties[0]?.tie]);
    expect((await look(pool)).campaigns).toMatchObject([{ id: 'C-1', accounts: 32 }]);
    expect(await rowsOf('select campaign_id, status from campaign order by 1')).toEqual([
      { campaign_id: 1, status: 'suspected' },
      { campaign_id: 2, status: 'merged' },
    ]);
    const records = await readCampaignRecords(pool);
    expect(records.map((record) => [record.id, record.account_ids.length, record.alerted_at])).toEqual([
      // People heard of these accounts when they heard of the first of the two.
      ['C-1', 32, new Date(END - HOUR).toISOString()],
    ]);
    expect((await audit()).slice(1)).toMatchObject([
      { action: 'campaign.merge', subject: 'C-2' },
      { action: 'campaign.absorb', subject: 'C-1' },
    ]);
    expect((await look(pool)).campaigns).toMatchObject([{ id: 'C-1', decision: 'quiet' }]);
  });

  it('sheds an account only by evidence as good as the best it had', async () => {
    const { world } = await guiltyWorld('shedding');
    await look(pool);
    const stranger = world.accounts[0]?.account_id;
    await pool.query(
      `insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
       select 1, account_key, 1, 'member', '{}', now() from account where account_id = $1`,
      [stranger],
    );
    const standing = () =>
      rowsOf(
        `select standing from campaign_account m join account a using (account_key) where account_id = '${stranger}'`,
      );
    const best = "update campaign set evidence = jsonb_set(evidence, '{bestTie}', $1)";
    await pool.query(best, ['1000000']);
    await look(pool);
    expect(await standing()).toEqual([{ standing: 'member' }]);
    await pool.query(best, ['1']);
    await look(pool);
    expect(await standing()).toEqual([{ standing: 'review' }]);
    const [record] = await readCampaignRecords(pool);
    expect(record?.account_ids).not.toContain(stranger);
  });

  it('keeps those who were stopped when others go on in their place, and tells nobody of them anew', async () => {
    const world = peopledWorld('two');
    world.pool(24, (index) => dealtAccount(world, index));
    const stopped = world.pool(16, (index) => dealtAccount(world, index, { name: 'other', wrapper: OTHER }));
    await live(pool, world);
    expect((await look(pool)).campaigns.map(({ accounts }) => accounts)).toEqual([24, 16]);
    // As when the fresh ones were taken in while the others still worked: one campaign, and the fresh are its larger part.
    await pool.query(
      "update campaign_account set campaign_id = 1; update campaign set status = 'merged' where campaign_id = 2",
    );
    const standings = () =>
      rowsOf(`
        select a.status, m.standing, count(*)::int from campaign_account m join account a using (account_key)
        where m.campaign_id = 1 group by 1, 2 order by 1, 2`);
    await pool.query("update account set status = 'banned' where account_id = any($1)", [stopped]);
    expect((await look(pool)).campaigns).toEqual([{ id: 'C-1', decision: 'grew', accounts: 40 }]);
    expect(await standings()).toEqual([
      { status: 'active', standing: 'member', count: 24 },
      { status: 'banned', standing: 'member', count: 16 },
    ]);
    await pool.query("update account set status = 'active'");
    const active = await look(pool);
    expect(active.campaigns).toContainEqual({ id: 'C-3', decision: 'first', accounts: 16 });
    expect(await standings()).toEqual([
      { status: 'active', standing: 'member', count: 24 },
      { status: 'active', standing: 'review', count: 16 },
    ]);
  });

  it.each(['dismissed', 'confirmed', 'contained'])('that a person %s keeps that status', async (status) => {
    await guiltyWorld(status);
    await look(pool);
    await pool.query('update campaign set status = $1, version = version + 1', [status]);
    const again = await look(pool, { now: END + HOUR });
    expect(again.campaigns).toMatchObject([{ id: 'C-1', decision: status === 'dismissed' ? 'dismissed' : 'quiet' }]);
    expect((await readCampaignRecords(pool)).map((record) => record.status)).toEqual([status]);
  });
});

describe('a run', () => {
  it.each([
    ['throws', 'select no_such_column from exchange', /no_such_column/],
    ['writes', "insert into watermark values ('x', now()) returning name as trait", /read-only/],
    ['returns other columns', 'select 1 as something', /trait/],
  ])('goes on where one detection %s, and says which', async (_what, query, message) => {
    await guiltyWorld(`broken ${_what}`);
    const result = await look(pool, { detections: [detectionOf(query), ...DETECTIONS] });
    expect(result.failed).toEqual([{ detection: 'sample', error: expect.stringMatching(message) }]);
    expect(result.campaigns).toMatchObject([{ decision: 'first', accounts: 24 }]);
  });

  it('writes nothing when it is a dry one, and says what it would do', async () => {
    await guiltyWorld('dry');
    const dry = await look(pool, { dryRun: true });
    expect(dry.campaigns).toEqual([{ id: null, decision: 'first', accounts: 24 }]);
    expect(await written()).toEqual([0, 0, 0, 0, 0]);
    await look(pool);
    const before = await written();
    expect((await look(pool, { dryRun: true })).campaigns).toMatchObject([{ id: 'C-1', accounts: 24 }]);
    expect(await written()).toEqual(before);
  });

  it('does nothing before anything was ingested', async () => {
    expect(await look(pool)).toMatchObject({ windowEnd: null, hits: 0, groups: 0, campaigns: [], failed: [] });
  });
});
