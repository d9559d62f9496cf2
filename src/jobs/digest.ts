import type pg from 'pg';
import { latestDigestSlot } from './digest-slot.ts';
import { readDigest } from '../db/digest-figures.ts';
import { enqueue } from '../db/outbox.ts';
import { transaction } from '../db/query.ts';
import { HOUR_MS } from '../time-units.ts';
import { defineJob, type Job } from './job.ts';

export interface DigestOptions {
  pool: pg.Pool;
  /** Epoch milliseconds. */
  now: number;
  /** `HH:MM` in `timezone`. */
  time: string;
  timezone: string;
}

/** `already_queued`: by an earlier run or another replica. `too_late`: yesterday's news, such as at a first start. */
export type DigestResult =
  | { queued: true; day: string }
  | { queued: false; day: string; reason: 'already_queued' | 'too_late' };

/** How long after its time a digest that was missed is still worth reading. */
const LATEST_MS = 6 * HOUR_MS;

/** Queues the digest of the newest slot, once, with its figures as they stand. */
export async function queueDigest({ pool, now, time, timezone }: DigestOptions): Promise<DigestResult> {
  const { day, from, to } = latestDigestSlot(now, { time, timezone });
  if (now - to > LATEST_MS) return { queued: false, day, reason: 'too_late' };
  const payload = await transaction(pool, async (tx) => {
    // One snapshot: the numbers must agree with each other.
    await tx.query('set transaction isolation level repeatable read read only');
    return readDigest(tx, { from, to, timezone });
  });
  const queued = await enqueue(pool, { kind: 'digest', dedupKey: `digest:${day}`, payload, notBefore: now }, now);
  return queued ? { queued, day } : { queued, day, reason: 'already_queued' };
}

/** Looks every hour, at the digest's minute: the slot itself knows about changes of clocks, and is queued once. */
export function digestJob({ pool, time, timezone }: Omit<DigestOptions, 'now'>): Job {
  const minute = Number(time.slice(-2));
  return defineJob({
    name: 'digest',
    schedule: `${minute} * * * *`,
    timezone,
    run: ({ now }) => queueDigest({ pool, now, time, timezone }),
  });
}
