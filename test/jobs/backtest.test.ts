import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Backtest } from '../../src/campaigns/backtest.ts';
import type { Detection } from '../../src/detections/detection.ts';
import { sharedPayment } from '../../src/detections/shared-payment.ts';
import { addException } from '../../src/db/exception-entry.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { backtest, type BacktestOptions } from '../../src/jobs/backtest.ts';
import { gatherHits } from '../../src/jobs/gather-hits.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { detectionOf } from '../detections/detection-of.ts';
import { clearWorld } from '../detections/load-world.ts';
import { END, START } from '../detections/world.ts';
import { dealtAccount, live, peopledWorld } from './campaign-world.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(database.pool));

const DAY = 86_400_000;

/** Three pools of eight accounts on one card each, among people. */
async function pooledWorld(): Promise<string[]> {
  const world = peopledWorld('backtest');
  const pooled = world.pool(24, (index) => dealtAccount(world, index));
  await live(database.pool, world);
  return pooled;
}

async function test(detection: Detection, change: Partial<BacktestOptions> = {}): Promise<Backtest> {
  const outcome = await backtest({ pool: database.pool, detection, from: START, to: END, now: END, ...change });
  if (!outcome.ok) throw new Error(outcome.says);
  return outcome.backtest;
}

describe('a backtest', () => {
  it('finds what the detect job finds in the same windows', async () => {
    const pooled = await pooledWorld();
    const run = await test(sharedPayment);
    expect(run).toMatchObject({ windows: 3, failed: [], unlooked: 0, params: sharedPayment.params.parse({}) });
    const last = run.to - 1;
    const { hits } = await gatherHits(
      database.pool,
      [sharedPayment],
      { end: last },
      { timeoutMs: 30_000, log: silentLog },
    );
    const found = run.findings.filter(({ lastAt }) => lastAt === last);
    expect(found.map(({ trait }) => trait).toSorted()).toEqual(hits.map(({ trait }) => trait));
    expect(hits.length).toBeGreaterThanOrEqual(3);
    expect(run.accounts).toBe(24);
    expect(run.standing).toEqual({ confirmed: 0, open: 0, dismissed: 0, none: 24 });
    expect(pooled).toEqual(expect.arrayContaining(run.strangers));
  });

  it('says whom it would have hit, by what people judged', async () => {
    const pooled = await pooledWorld();
    const put = async (status: string, accounts: string[]) =>
      database.pool.query(
        `with c as (
           insert into campaign (kind, status, severity, confidence, account_count, exchange_count, families, detections,
             evidence, created_at, updated_at)
           values ('extraction', $1, 'high', 1, $3, 1, '{}', '{}', '{}', now(), now()) returning campaign_id)
         insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
         select campaign_id, account_key, 1, 'member', '{}', now() from c, account where account_id = any($2)`,
        [status, accounts, accounts.length],
      );
    await put('confirmed', pooled.slice(0, 6));
    await put('dismissed', pooled.slice(4, 10));
    await put('suspected', pooled.slice(10, 13));
    await put('merged', pooled.slice(13, 20));
    await database.pool.query(
      "update account set organization_id = 'org_9', program = 'research' where account_id = $1",
      [pooled[20]],
    );
    await addException(
      database.pool,
      { kind: 'account', subject: pooled[21] ?? '', owner: 'U0', reason: 'known', endsAt: END + DAY },
      { actor: 'U0', now: END - 1 },
    );
    const run = await test(sharedPayment);
    expect(run).toMatchObject({
      standing: { confirmed: 6, dismissed: 4, open: 3, none: 11 },
      campaigns: [
        { id: 'C-1', status: 'confirmed', accounts: 6, of: 6 },
        { id: 'C-2', status: 'dismissed', accounts: 6, of: 6 },
        { id: 'C-3', status: 'suspected', accounts: 3, of: 3 },
      ],
      organizations: [{ id: 'org_9', accounts: 1 }],
      contracted: 1,
      excepted: 1,
    });
    expect(run.strangers).toHaveLength(10);
    expect(run.strangers.filter((id) => pooled.indexOf(id) < 13)).toEqual([]);
  });

  it('takes other parameters, and refuses those that there are none of', async () => {
    await pooledWorld();
    expect(await test(sharedPayment, { params: { minOwners: 9 } })).toMatchObject({ traits: 0, accounts: 0 });
    for (const params of [{ minOwner: 9 }, { minOwners: 'nine' }]) {
      const outcome = await backtest({ pool: database.pool, detection: sharedPayment, from: START, now: END, params });
      expect(outcome).toMatchObject({ ok: false, reason: 'wrong_params', says: expect.stringMatching(/minOwner/) });
    }
  });

  it('writes nothing, and goes on past a window that fails', async () => {
    await pooledWorld();
    const tables = ['hit', 'detection_run', 'detection_gap', 'campaign', 'audit_entry'];
    const counts = () =>
      Promise.all(tables.map(async (table) => (await database.pool.query(`select from ${table}`)).rowCount));
    const before = await counts();
    const writer = detectionOf("insert into watermark values ('x', now()) returning name as trait");
    const run = await test(writer);
    expect(run).toMatchObject({ windows: 0, traits: 0 });
    expect(run.failed.map(({ error }) => error)).toEqual(Array(3).fill(expect.stringContaining('read-only')));
    expect(await counts()).toEqual(before);
  });

  it('ends in time, and says what it left out', async () => {
    await pooledWorld();
    let at = 0;
    const run = await test(sharedPayment, { step: 'hour', budgetMs: 10, clock: () => (at += 4) });
    expect(run.windows).toBe(2);
    expect(run.windows + run.unlooked).toBe(72);
  });

  it.each([
    ['before anything was closed', START - 10 * DAY, START - 9 * DAY, 'nothing_closed', undefined],
    ['of a century', START - 36_500 * DAY, END, 'too_many_windows', 'day'],
    ['of months by the hour', END - 60 * DAY, END, 'too_many_windows', 'hour'],
  ] as const)('refuses a time %s', async (_what, from, to, reason, step) => {
    const options = { pool: database.pool, detection: sharedPayment, from, to, now: END };
    if (reason !== 'nothing_closed') await pooledWorld();
    expect(await backtest({ ...options, ...(step === undefined ? {} : { step }) })).toMatchObject({
      ok: false,
      reason,
    });
  });

  it('refuses windows whose roll-ups are gone, instead of finding nothing in them', async () => {
    await pooledWorld();
    await advanceWatermark(database.pool, 'dropped_traits', START - 7 * DAY);
    expect((await test(sharedPayment)).windows).toBe(3);
    await advanceWatermark(database.pool, 'dropped_traits', START - 6 * DAY);
    expect(await backtest({ pool: database.pool, detection: sharedPayment, from: START, to: END, now: END })).toEqual({
      ok: false,
      reason: 'days_dropped',
      says: 'days before 2026-03-04 were dropped, and detections look a week back: begin with 2026-03-11 or later',
    });
  });
});
