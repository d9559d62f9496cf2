import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { readAccountIds } from '../../src/db/campaign-account.ts';
import { recordGaps } from '../../src/db/detection-gap.ts';
import { changeDetectionState } from '../../src/db/detection-state.ts';
import { addException } from '../../src/db/exception-entry.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import type { Detection } from '../../src/detections/detection.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createTestDatabase } from '../database.ts';
import { detectionOf } from '../detections/detection-of.ts';
import { END } from '../detections/world.ts';
import { guiltyWorld as guiltyWorldIn, look } from './campaign-world.ts';

let pool: pg.Pool;
// A database for each test: the audit cannot be emptied.
beforeEach(async () => {
  const database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const rowsOf = async (query: string): Promise<unknown[]> => (await pool.query(query)).rows;
const audit = () => rowsOf('select actor, action, subject, reason from audit_entry order by seq');
const hits = (detection: string) =>
  rowsOf(`select distinct shadow from hit where detection_id = '${detection}' order by 1`);

const guiltyWorld = async (seed: string, count?: number) => (await guiltyWorldIn(pool, seed, count)).guilty;

const switchTo = (detection: string, state: 'enabled' | 'shadow' | 'disabled') =>
  changeDetectionState(pool, detection, { state, by: 'U0MARA', at: END, reason: 'to be tried' }, 'enabled');

describe('a detection in shadow', () => {
  it('records what it finds, and counts for nothing', async () => {
    await guiltyWorld('shadow');
    await switchTo('shared-payment', 'shadow');
    await switchTo('shared-template', 'shadow');
    const result = await look(pool);
    expect(result.campaigns).toEqual([]);
    expect(result.shadowHits).toBeGreaterThan(0);
    expect(await hits('shared-payment')).toEqual([{ shadow: true }]);
    await switchTo('shared-payment', 'enabled');
    await switchTo('shared-template', 'enabled');
    expect((await look(pool)).campaigns).toMatchObject([{ decision: 'first', accounts: 24 }]);
    expect(await hits('shared-payment')).toEqual([{ shadow: false }]);
  });

  it('is one by its file where nobody switched it', async () => {
    await guiltyWorld('shadow by file');
    const shadowed = DETECTIONS.map((detection): Detection => ({ ...detection, state: 'shadow' }));
    expect(await look(pool, { detections: shadowed })).toMatchObject({ hits: 0, campaigns: [] });
    await switchTo('shared-payment', 'disabled');
    await look(pool, { detections: shadowed });
    expect(await hits('shared-template')).toEqual([{ shadow: true }]);
  });
});

it('a disabled detection does not run, and switching is audited once', async () => {
  await guiltyWorld('disabled');
  const broken = detectionOf('select no_such_column');
  expect(await switchTo('sample', 'disabled')).toEqual({ ok: true });
  expect(await switchTo('sample', 'disabled')).toMatchObject({ ok: false, reason: 'already', since: { by: 'U0MARA' } });
  expect(await look(pool, { detections: [broken, ...DETECTIONS] })).toMatchObject({ failed: [], missed: [] });
  expect((await audit())[0]).toEqual({
    actor: 'U0MARA',
    action: 'detection.disable',
    subject: 'sample',
    reason: 'to be tried',
  });
  expect(await rowsOf("select 1 from audit_entry where action like 'detection.%'")).toHaveLength(1);
});

describe('what is known to be good', () => {
  const except = (kind: 'account' | 'organization' | 'trait', subject: string, endsAt: number) =>
    addException(
      pool,
      { kind, subject, owner: 'U0RAVI', reason: 'a partner', endsAt },
      { actor: 'U0MARA', now: END - HOUR },
    );

  it('is left out of a new campaign', async () => {
    const guilty = await guiltyWorld('excepted account');
    const [first = '', second = '', ...others] = guilty;
    await except('account', first, END + DAY);
    await except('account', second, END + DAY);
    const result = await look(pool);
    expect(result).toMatchObject({ excepted: { accounts: 2 }, campaigns: [{ id: 'C-1', accounts: 22 }] });
    expect(await readAccountIds(pool, 1)).toEqual(others.toSorted());
  });

  it('leaves an open campaign, and comes back with the run after its end', async () => {
    const guilty = await guiltyWorld('excepted organisation');
    await look(pool, { now: END - 2 * HOUR });
    await pool.query("update account set organization_id = 'org_1' where account_id = any($1)", [guilty.slice(0, 8)]);
    await except('organization', 'org_1', END + 2 * HOUR);
    await look(pool);
    expect((await loadCampaign(pool, 1))?.accountCount).toBe(16);
    expect(await readAccountIds(pool, 1)).toEqual(guilty.slice(8).toSorted());
    expect(await audit()).toContainEqual({
      actor: 'retort',
      action: 'campaign.except',
      subject: 'C-1',
      reason: 'known to be good',
    });
    const again = await look(pool, { now: END + 2 * HOUR });
    expect(again).toMatchObject({ excepted: { accounts: 0 }, campaigns: [{ id: 'C-1', accounts: 24 }] });
    expect(await readAccountIds(pool, 1)).toEqual(guilty.toSorted());
    expect(await audit()).toContainEqual({
      actor: 'retort',
      action: 'exception.end',
      subject: 'E-1',
      reason: 'expired',
    });
    expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  });

  it('as a trait ties nobody', async () => {
    await guiltyWorld('excepted trait');
    await look(pool, { dryRun: true });
    const { rows } = await pool.query<{ trait: string }>(
      'select unnest(traits)::text as trait from account group by 1 having count(*) = 8',
    );
    for (const { trait } of rows) await except('trait', trait, END + DAY);
    const result = await look(pool);
    expect(result.excepted.hits).toBeGreaterThanOrEqual(3);
    expect(await hits('shared-payment')).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    const [first = ''] = await guiltyWorld('excepted dry');
    await look(pool, { now: END - 2 * HOUR });
    await except('account', first, END + DAY);
    expect(await look(pool, { dryRun: true })).toMatchObject({ excepted: { accounts: 1 } });
    expect((await loadCampaign(pool, 1))?.accountCount).toBe(24);
  });
});

describe('a window that was missed', () => {
  const gaps = () =>
    rowsOf('select detection_id, reason, state, attempts, window_end from detection_gap order by 5, 1');
  const missing = detectionOf("select 'late finding' as trait from ready");
  const ready = () => pool.query('create table if not exists ready as select 1 as n');
  const [template] = DETECTIONS;
  const run = (now: number, timeoutMs = 30_000, detections: readonly Detection[] = [missing]) =>
    look(pool, { now, timeoutMs, detections });
  const advance = (to: number) => pool.query("update watermark set at = $1 where name = 'events'", [new Date(to)]);

  it('by a failure is noted, caught up at the next run, and its hits count then', async () => {
    await guiltyWorld('gap');
    await advance(END);
    expect(template?.id).toBe('shared-template');
    const first = await run(END);
    expect(first.failed).toEqual([{ detection: 'sample', error: expect.stringContaining('ready') }]);
    expect(first.missed).toEqual([{ detection: 'sample', windowEnd: END, reason: 'failed' }]);
    await advance(END + HOUR);
    await run(END + HOUR);
    await ready();
    await advance(END + 2 * HOUR);
    const third = await run(END + 2 * HOUR);
    expect(third).toMatchObject({
      hits: 1,
      failed: [],
      missed: [],
      caughtUp: [{ windowEnd: END }, { windowEnd: END + HOUR }],
    });
    expect(await gaps()).toMatchObject([
      { reason: 'failed', state: 'caught_up', attempts: 1 },
      { reason: 'failed', state: 'caught_up', attempts: 1 },
    ]);
    expect(await run(END + 2 * HOUR)).toMatchObject({ caughtUp: [], missed: [] });
  });

  it('asks the same query with the missed window’s end, and merges what that finds', async () => {
    await guiltyWorld('gap query');
    const asked: number[] = [];
    const windowed: Detection = {
      ...detectionOf(''),
      build(_params, window) {
        asked.push(window.end);
        return detectionOf(`select '${window.end}' as trait from ready`).build({}, window);
      },
    };
    await advance(END);
    await run(END, 30_000, [windowed]);
    await ready();
    await advance(END + HOUR);
    asked.length = 0;
    expect(await run(END + HOUR, 30_000, [windowed])).toMatchObject({ hits: 2 });
    expect(asked).toEqual([END + HOUR, END]);
    expect(await rowsOf('select trait from hit order by 1')).toEqual([{ trait: `${END}` }, { trait: `${END + HOUR}` }]);
  });

  it('by running out of time is told apart', async () => {
    await guiltyWorld('gap timeout');
    const slow = detectionOf("select 'never' as trait from pg_sleep(600)");
    expect((await run(END, 50, [slow])).missed).toMatchObject([{ reason: 'timed_out' }]);
  });

  it('by running late is caught up at once, a window for each day', async () => {
    await guiltyWorld('gap late');
    await ready();
    await advance(END);
    await run(END);
    await advance(END + 2 * DAY);
    const late = await run(END + 2 * DAY);
    const ends = [END + DAY - 1, END + 2 * DAY - 1];
    expect(late.missed).toEqual(ends.map((windowEnd) => ({ detection: 'sample', windowEnd, reason: 'late' })));
    expect(late.caughtUp).toEqual(ends.map((windowEnd) => ({ detection: 'sample', windowEnd })));
    await advance(END + 2 * DAY + HOUR);
    expect(await run(END + 2 * DAY + HOUR)).toMatchObject({ missed: [], caughtUp: [] });
  });

  it('is given up after five tries, and others go on', async () => {
    await guiltyWorld('gap given up');
    const moody: Detection = {
      ...detectionOf(''),
      build: (_params, window) =>
        detectionOf(window.end === END ? 'select no_such_column' : "select 'fine' as trait").build({}, window),
    };
    await advance(END);
    await run(END, 30_000, [moody]);
    await advance(END + 1);
    for (let time = 1; time <= 6; time += 1)
      expect(await run(END + time, 30_000, [moody])).toMatchObject({ failed: [] });
    expect(await gaps()).toMatchObject([{ state: 'given_up', attempts: 5 }]);
  });

  it('is still to be caught up where the campaigns could not be written', async () => {
    await guiltyWorld('gap fault');
    const flaky = { ...missing };
    await advance(END);
    await look(pool, { detections: [flaky, ...DETECTIONS], now: END });
    await ready();
    await pool.query('update campaign set version = version');
    await pool.query('alter table campaign add constraint broken check (updated_at < $$2026-03-13T01:00Z$$)');
    await expect(look(pool, { detections: [flaky, ...DETECTIONS], now: END + HOUR })).rejects.toThrow('broken');
    expect(await gaps()).toMatchObject([{ state: 'open', attempts: 0 }]);
  });
});

it('a missed window whose days were dropped is tried, and never called caught up', async () => {
  await guiltyWorld('dropped');
  const gap = (windowEnd: number) => ({ detection: 'no-night', windowEnd, reason: 'timed_out' as const, error: 'x' });
  await recordGaps(pool, [gap(END - DAY), gap(END - 2 * DAY)], END);
  await advanceWatermark(pool, 'dropped_traits', END - 8 * DAY);
  await look(pool);
  expect(await rowsOf('select state, error from detection_gap order by window_end')).toEqual([
    { state: 'open', error: 'the days that it looks at were dropped' },
    { state: 'caught_up', error: 'x' },
  ]);
});
