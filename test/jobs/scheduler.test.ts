import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseNow } from '../../src/db/job-slot.ts';
import { defineJob, type Job, type JobRun } from '../../src/jobs/job.ts';
import { retryPauseMs } from '../../src/jobs/run-slot.ts';
import { createScheduler, slotCalendar } from '../../src/jobs/scheduler.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const START = Date.parse('2026-04-22T09:00:00Z');
const MINUTE = 60_000;
const minutesAfterStart = (slots: number[]) => slots.map((slot) => (slot - START) / MINUTE);

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => database.drop());

/** A replica with a clock of its own, which stands where the test puts it. */
function replica(...jobs: Job[]) {
  const clock = { now: START };
  const scheduler = createScheduler({ pool: database.pool, jobs, log: silentLog, clock: async () => clock.now });
  return {
    ...scheduler,
    clock,
    at: async (minutes: number) => {
      clock.now = START + minutes * MINUTE;
      return scheduler.runDueSlots(clock.now);
    },
  };
}

function recording(options: Partial<Job> = {}) {
  const runs: JobRun[] = [];
  const job = defineJob({
    name: 'recording',
    schedule: '*/5 * * * *',
    run: async (run) => void runs.push(run),
    ...options,
  });
  return { job, runs, slots: () => minutesAfterStart(runs.map((run) => run.slotAt)) };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function rows() {
  const { rows } = await database.pool.query<{ slot_at: Date; state: string; attempts: number; error: string | null }>(
    'select slot_at, state, attempts, error from job_slot where attempts > 0 order by slot_at',
  );
  return rows.map(({ slot_at, ...row }) => ({ minute: (slot_at.getTime() - START) / MINUTE, ...row }));
}

describe('the scheduler', () => {
  it('runs a slot once, however often it looks', async () => {
    const { job, slots } = recording();
    const one = replica(job);
    for (const minute of [0, 0.5, 1, 5, 5.2, 9]) await one.at(minute);
    expect(slots()).toEqual([0, 5]);
    expect(await rows()).toMatchObject([
      { minute: 0, state: 'done', attempts: 1 },
      { minute: 5, state: 'done', attempts: 1 },
    ]);
  });

  it('catches up with every missed slot in order, across a restart', async () => {
    const { job, slots } = recording({ catchUp: 'every' });
    await replica(job).at(0);
    await replica(job).at(21);
    expect(slots()).toEqual([0, 5, 10, 15, 20]);
  });

  it('runs only the latest where that covers the others, and says how many it covers', async () => {
    const { job, slots, runs } = recording({ catchUp: 'latest' });
    await replica(job).at(0);
    await replica(job).at(21);
    expect(slots()).toEqual([0, 20]);
    expect(runs[1]?.skipped).toBe(3);
  });

  it('records as gaps what is too far behind', async () => {
    const { job, slots } = recording({ catchUp: 'every', maxCatchUp: 2 });
    await replica(job).at(0);
    await replica(job).at(21);
    expect(slots()).toEqual([0, 15, 20]);
    expect((await rows()).filter((row) => row.state === 'failed')).toMatchObject([
      { minute: 5, error: 'missed: more than 2 slots behind' },
      { minute: 10, error: 'missed: more than 2 slots behind' },
    ]);
  });

  it('never runs one slot twice on racing replicas', async () => {
    const { job, slots } = recording({ catchUp: 'every' });
    const replicas = [replica(job), replica(job), replica(job)];
    await replicas[0]?.at(-1);
    for (const minute of [0, 12, 31, 60]) await Promise.all(replicas.map(async (one) => one.at(minute)));
    // A replica that found a slot taken leaves the rest to its holder; one more look settles what is left.
    await replicas[1]?.at(60);
    expect(slots()).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  });

  it('tries a failed slot again after a pause, holds the later ones back, and gives up in the end', async () => {
    let failing = true;
    const { job, slots } = recording({ catchUp: 'every', maxAttempts: 3 });
    const flaky: Job = {
      ...job,
      async run(run) {
        await job.run(run);
        if (failing) throw new Error('out of order, password in postgres://me:hunter2@db/x');
      },
    };
    const one = replica(flaky);
    await one.at(0);
    await one.at(0.1);
    expect(slots()).toEqual([0]);
    await one.at(5);
    expect(slots()).toEqual([0, 0]);
    expect(await rows()).toMatchObject([
      { state: 'failed', attempts: 2, error: expect.not.stringContaining('hunter2') },
    ]);
    failing = false;
    await one.at(6);
    expect(slots()).toEqual([0, 0, 0, 5]);
    failing = true;
    for (const minute of [10, 12, 20]) await one.at(minute);
    failing = false;
    await one.at(20);
    expect(await rows()).toMatchObject([
      { minute: 0, state: 'done', attempts: 3 },
      { minute: 5, state: 'done' },
      { minute: 10, state: 'failed', attempts: 3 },
      { minute: 15, state: 'done' },
      { minute: 20, state: 'done' },
    ]);
  });

  it('takes over from a replica that died once its lease is over, and not before', async () => {
    const stuck = recording({ run: async () => new Promise<never>(() => {}) });
    const dead = replica(stuck.job);
    void dead.at(0);
    await expect.poll(rows).toMatchObject([{ state: 'running', attempts: 1 }]);
    const { job, slots } = recording();
    const heir = replica(job);
    await heir.at(0.9);
    expect(slots()).toEqual([]);
    await heir.at(1.1);
    expect(slots()).toEqual([0]);
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 2 }]);
  });

  it('lets a run whose lease was stolen end without harm', async () => {
    const gate = deferred<void>();
    const slow = recording({
      run: async () => {
        await gate.promise;
        return { by: 'the slow one' };
      },
    });
    const paused = replica(slow.job);
    const late = paused.at(0);
    await expect.poll(rows).toMatchObject([{ state: 'running' }]);
    await replica(recording({ run: async () => ({ by: 'the heir' }) }).job).at(2);
    gate.resolve();
    expect(await late).toMatchObject([{ outcome: 'lost' }]);
    const { rows: kept } = await database.pool.query('select result from job_slot where attempts > 0');
    expect(kept).toEqual([{ result: { by: 'the heir' } }]);
  });

  it('keeps a long run by renewing its lease, and tells it when the lease is lost', async () => {
    const told = deferred<unknown>();
    const { job } = recording({
      leaseMs: 60,
      run: async ({ signal }) => {
        signal.addEventListener('abort', () => told.resolve(signal.reason));
        await told.promise;
      },
    });
    const one = replica(job);
    const run = one.at(0);
    const leaseUntil = async () =>
      (
        await database.pool.query<{ at: Date | null }>('select max(lease_until) as at from job_slot')
      ).rows[0]?.at?.getTime();
    await expect.poll(leaseUntil).toBe(START + 60);
    one.clock.now += 1000;
    await expect.poll(leaseUntil).toBe(START + 1060);
    await database.pool.query(`update job_slot set lease_token = gen_random_uuid() where state = 'running'`);
    expect(await told.promise).toMatchObject({ message: expect.stringContaining('lost') });
    expect(await run).toMatchObject([{ outcome: 'lost' }]);
  });

  it('never overlaps two slots of one job, whichever replica holds the first', async () => {
    const gate = deferred<void>();
    const slow = replica(recording({ leaseMs: 60 * MINUTE, run: async () => gate.promise }).job);
    const first = slow.at(0);
    await expect.poll(rows).toMatchObject([{ state: 'running' }]);
    const other = recording();
    expect(await replica(other.job).at(5)).toMatchObject([{ outcome: 'not_ours' }]);
    gate.resolve();
    await first;
    await replica(other.job).at(5);
    expect(other.slots()).toEqual([5]);
  });

  it('gives up a slot that ends every process which runs it', async () => {
    const { job } = recording({ maxAttempts: 2, catchUp: 'every' });
    await replica(job).at(-1);
    await database.pool.query(
      `insert into job_slot (job, slot_at, state, attempts, lease_token, lease_until, started_at)
        values ('recording', $1, 'running', 2, gen_random_uuid(), $1, $1)`,
      [new Date(START)],
    );
    await replica(job).at(5);
    expect(await rows()).toMatchObject([
      { minute: 0, state: 'failed', error: 'the process ended during the last attempt' },
      { minute: 5, state: 'done' },
    ]);
  });

  it('on stop asks runs to end, waits, and leaves their slots to the next without counting the attempt', async () => {
    const { job } = recording({
      run: async ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const one = replica(job);
    const run = one.at(0);
    await expect.poll(rows).toMatchObject([{ state: 'running' }]);
    await one.stop();
    expect(await run).toMatchObject([{ outcome: 'failed' }]);
    const next = recording();
    await replica(next.job).at(0);
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 1 }]);
  });

  it('ticks by itself, by the clock of the database', async () => {
    const { job, runs } = recording({ schedule: '* * * * *' });
    const scheduler = createScheduler({
      pool: database.pool,
      jobs: [job],
      log: silentLog,
      clock: async () => databaseNow(database.pool),
    });
    const now = await databaseNow(database.pool);
    await database.pool.query(
      `insert into job_slot (job, slot_at, state, attempts, started_at) values ('recording', $1, 'done', 0, $1)`,
      [new Date(now - 5 * MINUTE)],
    );
    scheduler.start();
    await expect.poll(() => runs.length).toBeGreaterThan(0);
    await scheduler.stop();
  });

  it('refuses two jobs of one name, and a schedule that cannot be read', () => {
    const { job } = recording();
    expect(() => replica(job, job)).toThrow(/same name/);
    expect(() => replica(recording({ schedule: '61 * * * *' }).job)).toThrow(/61/);
    expect(() => replica(recording({ schedule: '* * * * * *' }).job)).toThrow(/five fields/);
  });
});

describe('slotCalendar', () => {
  const day = 24 * 60 * MINUTE;

  it('keeps a local time through daylight saving', () => {
    const slots = slotCalendar('0 9 * * *', 'Europe/Berlin');
    const spring = slots(Date.parse('2026-03-27T12:00Z'), Date.parse('2026-03-30T12:00Z'));
    expect(spring.map((slot) => new Date(slot).toISOString().slice(5, 16))).toEqual([
      '03-28T08:00',
      '03-29T07:00',
      '03-30T07:00',
    ]);
  });

  it('answers the same whether asked at once or in pieces, forwards or back', () => {
    const asked = slotCalendar('7,38 */3 * * *', 'UTC');
    const whole = slotCalendar('7,38 */3 * * *', 'UTC')(START, START + day);
    expect(whole).toHaveLength(16);
    for (const step of [1, 7, 61, 600]) {
      const pieces: number[] = [];
      for (let at = START; at < START + day; at += step * MINUTE) {
        asked(at, Math.min(at + 2 * step * MINUTE, START + day));
        pieces.push(...asked(at, Math.min(at + step * MINUTE, START + day)));
      }
      expect(pieces).toEqual(whole);
    }
  });
});

describe('retryPauseMs', () => {
  it('doubles up to a quarter of an hour', () => {
    expect([1, 2, 3, 9].map(retryPauseMs)).toEqual([30_000, 60_000, 120_000, 900_000]);
  });
});
