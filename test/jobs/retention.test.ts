import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCampaign } from '../../src/db/campaign.ts';
import { dropDay, listDays } from '../../src/db/drop-day.ts';
import { liftHold, placeHold } from '../../src/db/legal-hold.ts';
import { readWatermark } from '../../src/db/watermark.ts';
import { createDetector } from '../../src/jobs/detector.ts';
import { retain, retentionJob } from '../../src/jobs/retention.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { selfCheck } from '../../src/jobs/self-check.ts';
import { watchJobs } from '../../src/jobs/watch-jobs.ts';
import { silentLog } from '../../src/log.ts';
import { DRAFT } from '../campaign-fixture.ts';
import { createTestDatabase } from '../database.ts';
import { loadExchanges } from '../detections/load-world.ts';
import { untilOneWaits } from '../waiting-sessions.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-31T12:20:00Z');
const RETENTION = { raw: 14 * DAY, traits: 90 * DAY };
let pool: pg.Pool;

beforeEach(async () => {
  const database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

/** One exchange of each of three accounts on each day. */
const exchangesOf = (days: readonly string[]) =>
  days.flatMap((day) =>
    [1, 2, 3].map((n) => ({
      id: `${day} ${n}`,
      occurred_at: `${day}T11:00:00Z`,
      account_id: `acct_${n}`,
      model: 'halcyon-4',
      user_agent: 'curl/8.9',
    })),
  );
const load = (days: readonly string[], now = NOW) => loadExchanges(pool, exchangesOf(days), { now });

async function roll(now = NOW): Promise<void> {
  await rollUp({ pool, now, allowedLatenessMs: 0 });
  await rollUpTraits(pool, now);
}

const run = (change: Partial<Parameters<typeof retain>[0]> = {}) =>
  retain({ pool, now: NOW, retention: RETENTION, log: silentLog, ...change });

const daysOf = async (table: 'exchange' | 'account_trait') =>
  (await listDays(pool, table)).map((day) => new Date(day).toISOString().slice(5, 10));

const count = async (statement: string) => Number((await pool.query<{ n: string }>(statement)).rows[0]?.n);

describe('retention', () => {
  it('drops the raw days that are older as a whole, and no roll-up', async () => {
    await load(['2026-03-10', '2026-03-16', '2026-03-17', '2026-03-31']);
    await roll();
    const before = await count('select sum(exchanges) as n from account_day');
    expect(await run()).toMatchObject({
      dropped: ['exchange 2026-03-10', 'exchange 2026-03-16'],
      waiting: [],
      heldBy: [],
    });
    expect(await daysOf('exchange')).toEqual(['03-17', '03-31']);
    expect(await count('select count(*) as n from exchange')).toBe(6);
    expect(await count('select sum(exchanges) as n from account_day')).toBe(before);
    expect(await daysOf('account_trait')).toEqual(['03-10', '03-16', '03-17', '03-31']);
    expect(await run()).toMatchObject({ dropped: [], waiting: [] });
    // 03-17 is over only when all of it is older.
    expect(await run({ now: NOW + DAY - 1 })).toMatchObject({ dropped: ['exchange 2026-03-17'] });
  });

  it('drops the days of traits after a quarter, counts after a year', async () => {
    const days = ['2025-02-23', '2025-02-24', '2025-12-30', '2025-12-31', '2026-03-31'];
    await load(days);
    await roll();
    const result = await run();
    expect(result.dropped).toEqual([
      ...days.slice(0, 4).map((day) => `exchange ${day}`),
      ...days.slice(0, 3).map((day) => `account_trait ${day}`),
    ]);
    expect(result.forgotten).toEqual({ account_day: 3, traffic_hour: 1 });
    const { rows } = await pool.query('select distinct day::text from account_day order by 1');
    expect(rows).toEqual(days.slice(1).map((day) => ({ day })));
  });

  it('keeps everything before there is a closed window, and what detections look at where traffic has stopped', async () => {
    await load(['2026-03-01', '2026-03-05', '2026-03-12']);
    expect(await run()).toMatchObject({ dropped: [], waiting: [] });
    await roll();
    // The newest window ends on the 12th; ten days before it are kept.
    expect(await run()).toMatchObject({ dropped: ['exchange 2026-03-01'], waiting: [] });
    expect(await run({ now: NOW + 300 * DAY })).toMatchObject({ dropped: ['account_trait 2026-03-01'], waiting: [] });
    expect(await daysOf('exchange')).toEqual(['03-05', '03-12']);
  });

  it('never drops what is not rolled up, and tells that it waits', async () => {
    await load(['2026-03-31']);
    await roll();
    await load(['2026-03-09', '2026-03-10', '2026-03-11']);
    await rollUp({ pool, now: NOW, allowedLatenessMs: 0 });
    // Counts have it, traits do not.
    const days = ['exchange 2026-03-09', 'exchange 2026-03-10', 'exchange 2026-03-11'];
    expect(await run()).toMatchObject({ dropped: [], waiting: days });
    await roll();
    expect(await run()).toMatchObject({ dropped: days, waiting: [] });
    expect(await count(`select sum(exchanges) as n from account_day where day < '2026-03-12'`)).toBe(9);
  });

  it('keeps all days since the first exchange of a campaign under a legal hold, until it is lifted', async () => {
    const days = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
    await load([...days, '2026-03-31']);
    await roll();
    const at = {
      firstExchangeAt: Date.parse('2026-03-12T23:00:00Z'),
      lastExchangeAt: Date.parse('2026-03-12T23:30:00Z'),
    };
    await createCampaign(pool, { ...DRAFT, ...at }, NOW);
    await createCampaign(pool, { ...DRAFT, firstExchangeAt: NOW, lastExchangeAt: NOW }, NOW);
    const by = { actor: 'U0MARA', now: NOW, reason: 'litigation' };
    for (const campaign of [1, 2]) expect(await placeHold(pool, campaign, by)).toEqual({ ok: true });
    expect(await run()).toMatchObject({
      dropped: ['exchange 2026-03-10', 'exchange 2026-03-11'],
      waiting: [],
      // Not C-2: it keeps nothing that would go.
      heldBy: ['C-1'],
    });
    // A year on, roll-ups are held as well.
    const later = NOW + 500 * DAY;
    await load(['2027-08-12'], later);
    await roll(later);
    const held = await run({ now: later });
    expect(held).toMatchObject({ heldBy: ['C-1', 'C-2'], forgotten: { account_day: 6 } });
    expect(held.dropped).toEqual(['account_trait 2026-03-10', 'account_trait 2026-03-11']);
    expect(await daysOf('exchange')).toEqual(['03-12', '03-13', '03-31', '08-12']);
    await liftHold(pool, 1, by);
    await liftHold(pool, 2, by);
    expect(await run({ now: later })).toMatchObject({ heldBy: [], waiting: [] });
    expect(await daysOf('exchange')).toEqual(['08-12']);
  });

  it('a hold that is placed while a day is being dropped is heeded', async () => {
    await load(['2026-03-10', '2026-03-31']);
    await roll();
    await createCampaign(pool, { ...DRAFT, firstExchangeAt: Date.parse('2026-03-10T11:00:00Z') }, NOW);
    const reader = await pool.connect();
    try {
      await reader.query('begin');
      await reader.query('select count(*) from exchange');
      const running = run({ lockTimeoutMs: 60_000 });
      await untilOneWaits(pool);
      await placeHold(pool, 1, { actor: 'U0MARA', now: NOW, reason: 'litigation' });
      await reader.query('commit');
      expect(await running).toMatchObject({ dropped: [], waiting: ['exchange 2026-03-10'] });
    } finally {
      reader.release();
    }
    expect(await run()).toMatchObject({ waiting: [], heldBy: ['C-1'] });
  });

  it('refuses a late exchange of a day that is gone: it might be counted twice', async () => {
    await load(['2026-03-10', '2026-03-31']);
    await roll();
    await run();
    await load(['2026-03-10', '2026-03-12', '2026-03-31']);
    const { rows } = await pool.query('select distinct reason from quarantine');
    expect(rows).toEqual([{ reason: 'time before 2026-03-11: those days were dropped (RETORT_RETENTION)' }]);
    expect(await daysOf('exchange')).toEqual(['03-12', '03-31']);
    // Late, but of a day that was never dropped: it is counted, and its day goes once it is rolled up.
    expect(await run()).toMatchObject({ dropped: [], waiting: ['exchange 2026-03-12'] });
    await roll();
    expect(await run()).toMatchObject({ dropped: ['exchange 2026-03-12'] });
    expect(await count('select sum(exchanges) as n from account_day')).toBe(9);
  });
});

describe('a drop among others', () => {
  beforeEach(async () => {
    await load(['2026-03-10', '2026-03-11', '2026-03-31']);
    await roll();
  });

  it('gives up soon where somebody reads, and is done the next time', async () => {
    const reader = await pool.connect();
    try {
      await reader.query('begin');
      await reader.query('select count(*) from exchange');
      expect(await run({ lockTimeoutMs: 20 })).toMatchObject({ dropped: [], waiting: ['exchange 2026-03-10'] });
      await reader.query('commit');
    } finally {
      reader.release();
    }
    expect(await run()).toMatchObject({ dropped: ['exchange 2026-03-10', 'exchange 2026-03-11'], waiting: [] });
  });

  it('sees what a writer committed while it waited for them', async () => {
    const writer = await pool.connect();
    try {
      await writer.query('begin');
      const { rows } = await writer.query<{ batch_id: number }>(
        `insert into ingest_batch (source, opened_at, closed_at, earliest_at, latest_at, accepted)
         values ('t', $1, $1, '2026-03-10T00:00:00Z', '2026-03-10T00:00:00Z', 1) returning batch_id`,
        [new Date(NOW)],
      );
      await writer.query(
        `insert into exchange (account_key, occurred_at, exchange_key, batch_id, model_id)
         values (9, '2026-03-10T00:00:00Z', 1, $1, 1)`,
        [rows[0]?.batch_id],
      );
      const running = run({ lockTimeoutMs: 60_000 });
      await untilOneWaits(pool);
      await writer.query('commit');
      expect(await running).toMatchObject({ dropped: [], waiting: ['exchange 2026-03-10', 'exchange 2026-03-11'] });
    } finally {
      writer.release();
    }
    await roll();
    await run();
    expect(await count('select sum(exchanges) as n from account_day where account_key = 9')).toBe(1);
    expect(await daysOf('exchange')).toEqual(['03-31']);
  });

  it('is done once where several do it at the same time', async () => {
    const results = await Promise.all([1, 2, 3].map(() => run({ lockTimeoutMs: 60_000 })));
    const dropped = results.flatMap((result) => result.dropped).toSorted();
    expect(dropped).toEqual(['exchange 2026-03-10', 'exchange 2026-03-11']);
    expect(await daysOf('exchange')).toEqual(['03-31']);
  });

  it('is whole or not at all', async () => {
    const partition = { table: 'exchange', day: Date.parse('2026-03-10') } as const;
    const interrupted = dropDay(pool, partition, async (tx) => {
      await tx.query('drop table exchange_20260310');
      throw new Error('the program ends');
    });
    await expect(interrupted).rejects.toThrow('the program ends');
    expect(await daysOf('exchange')).toEqual(['03-10', '03-11', '03-31']);
    expect(await readWatermark(pool, 'dropped_exchanges')).toBeUndefined();
    await expect(run({ signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    expect(await dropDay(pool, partition, () => Promise.resolve(true))).toBe('dropped');
    expect(await dropDay(pool, partition, () => Promise.resolve(true))).toBe('gone');
  });

  it('is told of where it is due for more than a day', async () => {
    const reader = await pool.connect();
    const { ailments } = await selfCheck({ pool, now: NOW });
    const overdue = async (now: number) => (await selfCheck({ pool, now })).ailments.includes('overdue_retention');
    expect(ailments).not.toContain('overdue_retention');
    try {
      await reader.query('begin');
      await reader.query('select count(*) from exchange');
      await run({ lockTimeoutMs: 20 });
      await run({ now: NOW + DAY, lockTimeoutMs: 20 });
      expect(await overdue(NOW + DAY)).toBe(false);
      expect(await overdue(NOW + 26 * 3_600_000)).toBe(true);
      await reader.query('commit');
    } finally {
      reader.release();
    }
    await run({ now: NOW + 26 * 3_600_000 });
    expect(await overdue(NOW + 26 * 3_600_000)).toBe(false);
  });
});

describe('the job', () => {
  it('runs every hour, and not in the time of a replay', async () => {
    await load(['2026-03-10', '2026-03-31']);
    await roll();
    const detector = createDetector({ pool, detections: [], log: silentLog });
    expect(watchJobs({ pool, detector, allowedLatenessMs: 0 }).map(({ name }) => name)).not.toContain('retention');
    const jobs = [retentionJob({ pool, retention: RETENTION })];
    const scheduler = createScheduler({ pool, jobs, log: silentLog, clock: () => Promise.resolve(NOW) });
    expect(await scheduler.runDueSlots(NOW)).toMatchObject([{ job: 'retention', outcome: 'done' }]);
    const { rows } = await pool.query(`select result from job_slot where job = 'retention' and attempts > 0`);
    expect(rows).toMatchObject([{ result: { dropped: ['exchange 2026-03-10'], waiting: [], forgotten: {} } }]);
  });
});
