import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { claimSlot, finishSlot, renewSlot, type SlotEnd } from '../db/job-slot.ts';
import { type Log, scrub } from '../log.ts';
import { MINUTE_MS } from '../time-units.ts';
import type { Job } from './job.ts';

/** `lost`: another replica took the slot over while we ran it, and its word counts. */
export type SlotOutcome = 'done' | 'failed' | 'lost' | 'not_ours';

export interface SlotRunner {
  pool: Pool;
  log: Log;
  /** The present for leases and ends, epoch milliseconds; with replicas, the database's clock. */
  clock: () => Promise<number>;
  /** Aborted when the program ends. */
  signal: AbortSignal;
}

const MAX_PAUSE_MS = 15 * MINUTE_MS;

/** Half a minute after the first failure, then twice as long each time, a quarter of an hour at most. */
export function retryPauseMs(attempt: number): number {
  return Math.min(30_000 * 2 ** (attempt - 1), MAX_PAUSE_MS);
}

/** Claims and runs one slot, renewing the claim for as long as the run takes. Throws only where the database fails. */
export async function runSlot(
  job: Job,
  { slotAt, skipped }: { slotAt: number; skipped: number },
  { pool, log, clock, signal }: SlotRunner,
): Promise<SlotOutcome> {
  const claim = { job: job.name, slotAt, token: randomUUID() };
  // Read anew for each slot: the ones before it may have taken long.
  const now = await clock();
  const attempt = await claimSlot(pool, claim, { ...job, now });
  if (attempt === undefined) return 'not_ours';
  const about = { job: job.name, slot: new Date(slotAt).toISOString(), attempt };
  const lost = new AbortController();
  const renewal = setInterval(() => {
    clock()
      .then(async (at) => renewSlot(pool, claim, at + job.leaseMs))
      .then(
        (held) => held || lost.abort(new Error('the lease on the slot was lost')),
        // The lease outlasts two failed renewals.
        (fault: unknown) => log.warn({ ...about, err: fault }, 'a lease could not be renewed'),
      );
  }, job.leaseMs / 3);
  let end: SlotEnd;
  try {
    const stop = AbortSignal.any([signal, lost.signal]);
    const result = await job.run({ slotAt, now, skipped, attempt, signal: stop, log });
    end = { ok: true, result: { ...result, ...(skipped > 0 ? { skipped } : {}) } };
  } catch (fault) {
    const error = scrub(fault instanceof Error ? fault.message : String(fault));
    const at = await clock();
    // Ended with the program: another replica, or the next start, may take it up at once.
    end = signal.aborted
      ? { ok: false, error, retryAt: at, counts: false }
      : { ok: false, error, retryAt: at + retryPauseMs(attempt), counts: true };
    const given = attempt >= job.maxAttempts ? 'a job failed for the last time; its slot is given up' : 'a job failed';
    if (!signal.aborted) log.error({ ...about, err: fault }, given);
  } finally {
    clearInterval(renewal);
  }
  if (!(await finishSlot(pool, claim, await clock(), end))) {
    log.warn(about, 'another replica took the slot over; this run does not count');
    return 'lost';
  }
  if (end.ok) log.debug({ ...about, result: end.result }, 'slot done');
  return end.ok ? 'done' : 'failed';
}
