import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCampaign, recordPost } from '../../src/db/campaign.ts';
import {
  claimDelivery,
  enqueue,
  markAttempt,
  markCovered,
  markDead,
  markRetry,
  markSent,
  markUnknown,
  outboxFigures,
  pendingRoots,
} from '../../src/db/outbox.ts';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { DRAFT, NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const POST = { channel: 'C1', ts: '1.1' };
const leaseMs = 30_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query('truncate outbox, campaign_account, campaign restart identity cascade'));

const add = (dedupKey: string, notBefore = NOW) =>
  enqueue(database.pool, { kind: 'digest', dedupKey, payload: { a: 1 }, notBefore }, NOW);
const claim = (now = NOW) => claimDelivery(database.pool, { now, leaseMs });

describe('outbox', () => {
  it('keeps the first of two rows that ask for the same', async () => {
    expect(await add('digest:1')).toBe(true);
    expect(await add('digest:1')).toBe(false);
    expect((await outboxFigures(database.pool)).counts.pending).toBe(1);
  });

  it('gives each row to one of many claimers, in order, when it is due', async () => {
    for (const key of ['a', 'b', 'c']) await add(key);
    await add('later', NOW + 1);
    const claimed = await Promise.all(Array.from({ length: 6 }, () => claim()));
    const keys = claimed.flatMap((delivery) => (delivery === undefined ? [] : [delivery.dedupKey]));
    expect(keys.toSorted()).toEqual(['a', 'b', 'c']);
    expect((await claim(NOW + 1))?.dedupKey).toBe('later');
  });

  it('looks at the table as often for a claim when a thousand rows wait as when a few do', async () => {
    // One connection, so that what it counted is told before it is asked.
    const pool = createPool(database.url, { log: silentLog, maxConnections: 1 });
    onTestFinished(() => pool.end());
    const looks = async () => {
      await pool.query('select pg_stat_force_next_flush()');
      const { rows } = await pool.query<{ looks: number }>(
        `select (seq_scan + coalesce(idx_scan, 0))::int as looks from pg_stat_user_tables where relname = 'outbox'`,
      );
      return rows[0]?.looks ?? 0;
    };
    const looksOfClaim = async () => {
      const before = await looks();
      expect(await claimDelivery(pool, { now: NOW, leaseMs })).toMatchObject({ kind: 'campaign_root' });
      return (await looks()) - before;
    };
    const wait = (from: number, to: number) =>
      pool.query(
        `insert into outbox (kind, campaign_id, dedup_key, payload, delivery_id, not_before, created_at)
         select 'campaign_root', null, 'root ' || n, '{}', gen_random_uuid(), $1, $1 from generate_series($2::int, $3) n`,
        [new Date(NOW), from, to],
      );
    await wait(1, 10);
    const few = await looksOfClaim();
    expect(few).toBeGreaterThan(0);
    await wait(11, 1_000);
    expect(await looksOfClaim()).toBeLessThan(few + 10);
  });

  it('hands a row on as doubtful when its lease has ended, and the first holder may no longer write', async () => {
    await add('a');
    const first = await claim();
    expect(first).toMatchObject({ attempt: 1, doubtful: false, leaseUntil: NOW + leaseMs });
    expect(await claim(NOW + leaseMs - 1)).toBeUndefined();
    const second = await claim(NOW + leaseMs);
    expect(second).toMatchObject({ attempt: 2, doubtful: true, deliveryId: first?.deliveryId });
    expect(await markSent(database.pool, first!, POST, NOW)).toBe(false);
    expect(await markRetry(database.pool, first!, { notBefore: NOW, error: 'x' })).toBe(false);
    expect(await markSent(database.pool, second!, POST, NOW)).toBe(true);
    expect(await markSent(database.pool, second!, POST, NOW)).toBe(false);
    expect(await claim(NOW + 9 * leaseMs)).toBeUndefined();
  });

  it('remembers an unknown outcome and where it was sent, but not a plain retry', async () => {
    await add('a');
    const first = await claim();
    await markAttempt(database.pool, first!, 'C9');
    await markUnknown(database.pool, first!, { notBefore: NOW + 5, error: 'timeout' });
    expect(await claim(NOW + 4)).toBeUndefined();
    const second = await claim(NOW + 5);
    expect(second).toMatchObject({ doubtful: true, channel: 'C9' });
    await markRetry(database.pool, second!, { notBefore: NOW + 6, error: 'ratelimited' });
    const third = await claim(NOW + 6);
    expect(third).toMatchObject({ doubtful: false, attempt: 3 });
    await markDead(database.pool, third!, 'gone');
    expect(await outboxFigures(database.pool)).toMatchObject({
      counts: { dead: 1, pending: 0 },
      oldestWaitingAt: null,
    });
  });

  it('holds replies back until their campaign has a root, and closes the roots that one message covers', async () => {
    await createCampaign(database.pool, DRAFT, NOW);
    const row = { campaign: 1, payload: {}, notBefore: NOW };
    await enqueue(database.pool, { ...row, kind: 'campaign_reply', dedupKey: 'reply' }, NOW);
    expect(await claim()).toBeUndefined();
    for (const key of ['r1', 'r2', 'r3']) {
      await enqueue(database.pool, { ...row, kind: 'campaign_root', dedupKey: key }, NOW);
    }
    const root = await claim();
    const covered = await pendingRoots(database.pool, 1);
    await enqueue(database.pool, { ...row, kind: 'campaign_root', dedupKey: 'r4' }, NOW);
    await markSent(database.pool, root!, POST, NOW);
    await markCovered(database.pool, covered, POST, NOW);
    await recordPost(database.pool, 1, POST);
    expect((await claim())?.dedupKey).toBe('reply');
    expect((await claim())?.dedupKey).toBe('r4');
    expect(await claim()).toBeUndefined();
    expect(await outboxFigures(database.pool)).toMatchObject({ counts: { sent: 3, sending: 2 }, oldestWaitingAt: NOW });
  });
});
