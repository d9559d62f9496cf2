import type { Log } from '../log.ts';

/** What a run is told. */
export interface JobRun {
  /** The slot that is due, epoch milliseconds; with catching up it may lie far in the past. */
  slotAt: number;
  /** The present, epoch milliseconds. */
  now: number;
  /** Slots between the last settled one and this one that will not be run by themselves. */
  skipped: number;
  /** 1 for the first try of this slot. */
  attempt: number;
  /** Aborted when the lease on the slot is lost or the program ends. */
  signal: AbortSignal;
  log: Log;
}

/** Work on a schedule. Every slot of the schedule is a row in `job_slot`, claimed by one replica. */
export interface Job {
  /** Kebab-case, unique; never rename: the past slots stand under it. */
  name: string;
  /** Five cron fields. */
  schedule: string;
  timezone: string;
  /** `every`: each missed slot is run, in order. `latest`: only the newest; the others are covered by it. */
  catchUp: 'every' | 'latest';
  /** Of more missed slots than this the oldest are recorded as failed, without a run. */
  maxCatchUp: number;
  /** Tries of one slot before it is given up. */
  maxAttempts: number;
  /** How long a claim holds without being renewed; runs renew it at a third. */
  leaseMs: number;
  /** Returns what the slot's row keeps as its result, if anything. Throws: tried again later. */
  run(run: JobRun): Promise<JobResult>;
}

/** JSON for the slot's row. */
type JobResult = Record<string, unknown> | void;

type Defaulted = 'timezone' | 'catchUp' | 'maxCatchUp' | 'maxAttempts' | 'leaseMs';

/** A job with the usual values for what is not given: UTC, only the latest slot, five tries, a lease of a minute. */
export function defineJob(job: Omit<Job, Defaulted> & Partial<Pick<Job, Defaulted>>): Job {
  return { timezone: 'UTC', catchUp: 'latest', maxCatchUp: 500, maxAttempts: 5, leaseMs: 60_000, ...job };
}
