import { createTask, type ScheduledTask } from 'node-cron';
import type { Pool } from 'pg';
import type { Log } from '../log.ts';
import { MINUTE_MS } from '../time-units.ts';
import type { Job } from './job.ts';
import { runDueSlots, type SlotReport, type SlotsBetween } from './run-due-slots.ts';

export interface SchedulerOptions {
  pool: Pool;
  jobs: readonly Job[];
  log: Log;
  /** The present, epoch milliseconds: `() => databaseNow(pool)` with replicas, a simulated one in tests and replays. */
  clock: () => Promise<number>;
}

export interface Scheduler {
  /** Begins to look for due slots every ten seconds; the first time at once. */
  start(): void;
  /** Runs all that is due at `now`, job after job in the order given, and returns what came of it. */
  runDueSlots(now: number): Promise<SlotReport[]>;
  /** Asks running jobs to end, and waits for them. */
  stop(): Promise<void>;
}

// More often than slots: a failed slot, or a dead replica's, is taken up soon.
const TICK = '*/10 * * * * *';

/**
 * node-cron is only the tick and the reader of schedules; which slots were run is known from `job_slot` alone, so
 * nothing is skipped by a crash, a stall or a database failure. Throws where a job's schedule cannot be read.
 */
export function createScheduler({ pool, jobs, log, clock }: SchedulerOptions): Scheduler {
  const ending = new AbortController();
  const runner = { pool, log, clock, signal: ending.signal };
  const calendars = new Map(jobs.map((job) => [job.name, slotCalendar(job.schedule, job.timezone)]));
  if (calendars.size !== jobs.length) throw new Error('two jobs have the same name');
  const running = new Map<string, Promise<SlotReport[]>>();
  let tick: ScheduledTask | undefined;

  /** One look at a time for each job: where one is under way, that one's answer. */
  const look = async (job: Job, now: number): Promise<SlotReport[]> => {
    const calendar = calendars.get(job.name);
    if (calendar === undefined) return [];
    const under = running.get(job.name);
    if (under !== undefined) return under;
    const run = runDueSlots(job, calendar, now, runner).finally(() => running.delete(job.name));
    running.set(job.name, run);
    return run;
  };

  const lookAtAll = async () => {
    try {
      const now = await clock();
      // A job that takes long holds up no other.
      await Promise.all(
        jobs.map(async (job) =>
          look(job, now).catch((fault: unknown) => log.error({ job: job.name, err: fault }, 'due slots were not read')),
        ),
      );
    } catch (fault) {
      log.error({ err: fault }, 'the clock could not be read; due slots wait');
    }
  };

  return {
    start() {
      tick = createTask(TICK, async () => lookAtAll(), { timezone: 'UTC', suppressMissedWarning: true });
      void tick.start();
      void lookAtAll();
    },
    async runDueSlots(now) {
      const reports: SlotReport[] = [];
      for (const job of jobs) reports.push(...(await look(job, now)));
      return reports;
    },
    async stop() {
      await tick?.destroy();
      ending.abort(new Error('the program ends'));
      await Promise.allSettled(running.values());
    },
  };
}

/** Reads a schedule of five cron fields. Throws where node-cron cannot. */
export function slotCalendar(schedule: string, timezone: string): SlotsBetween {
  if (schedule.trim().split(/\s+/).length !== 5) throw new Error(`a schedule has five fields: "${schedule}"`);
  const pattern = createTask(schedule, () => {}, { timezone });
  void pattern.destroy();
  // What was found last: a job's next look begins where its last one did, or later.
  let known = { after: 0, until: 0, slots: [] as number[] };
  return (after, until) => {
    if (after < known.after || after > known.until) known = { after, until: after, slots: [] };
    const slots = known.slots.filter((slot) => slot > after && slot <= until);
    const first = (Math.floor(known.until / MINUTE_MS) + 1) * MINUTE_MS;
    for (let minute = first; minute <= until; minute += MINUTE_MS) {
      if (pattern.match(new Date(minute))) slots.push(minute);
    }
    known = { after, until: Math.max(until, known.until), slots: until >= known.until ? slots : known.slots };
    return slots;
  };
}
