import { giveUpSlots, lastSettledSlot, recordGaps } from '../db/job-slot.ts';
import type { Job } from './job.ts';
import { runSlot, type SlotOutcome, type SlotRunner } from './run-slot.ts';

/** The slots of a schedule after one instant, up to and with another, oldest first. */
export type SlotsBetween = (after: number, until: number) => number[];

/** What came of one slot. */
export interface SlotReport {
  job: string;
  slotAt: number;
  outcome: SlotOutcome;
}

/** Runs every slot of a job that is due at `now`, in order, up to the first that cannot be settled now. */
export async function runDueSlots(
  job: Job,
  slotsBetween: SlotsBetween,
  now: number,
  runner: SlotRunner,
): Promise<SlotReport[]> {
  const { pool, log, signal } = runner;
  await giveUpSlots(pool, job.name, job.maxAttempts, now);
  // A moment before now: where the first look falls on a slot, that slot is due.
  const settled = await lastSettledSlot(pool, { job: job.name, maxAttempts: job.maxAttempts, firstAt: now - 1 });
  const due = slotsBetween(settled, now);
  const gaps = job.catchUp === 'every' ? due.slice(0, Math.max(0, due.length - job.maxCatchUp)) : [];
  if (gaps.length > 0) {
    const reason = `missed: more than ${job.maxCatchUp} slots behind`;
    await recordGaps(pool, job.name, { slots: gaps, maxAttempts: job.maxAttempts, now, reason });
    log.error({ job: job.name, slots: gaps.length }, 'too many slots were missed; the oldest are recorded as gaps');
  }
  const chosen = job.catchUp === 'every' ? due.slice(gaps.length) : due.slice(-1);
  const reports: SlotReport[] = [];
  for (const slotAt of chosen) {
    if (signal.aborted) break;
    const outcome = await runSlot(job, { slotAt, skipped: due.length - chosen.length }, runner);
    reports.push({ job: job.name, slotAt, outcome });
    if (outcome !== 'done') break;
  }
  return reports;
}
