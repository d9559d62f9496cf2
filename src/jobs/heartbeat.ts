import type pg from 'pg';
import { findAilments } from '../campaigns/ailment.ts';
import { readSelfFigures } from '../db/ailment.ts';
import type { DiskRoom } from '../db/embedded/disk-room.ts';
import { defineJob, type Job } from './job.ts';

export interface HeartbeatOptions {
  pool: pg.Pool;
  /** Of a dead-man's switch, which raises an alarm when it is not called for a while. A secret. */
  url: string;
  disk?: DiskRoom | undefined;
  timeoutMs?: number;
}

type HeartbeatResult = { sent: true } | { sent: false; because: string[] };

const TIMEOUT_MS = 10_000;

/** Calls a dead-man's switch, unless something ails: silence is the alarm. Throws where the call was not taken. */
export async function beat(
  { pool, url, disk, timeoutMs = TIMEOUT_MS }: HeartbeatOptions,
  now: number,
): Promise<HeartbeatResult> {
  const because = findAilments(await readSelfFigures(pool, { now, disk })).map(({ ailment }) => ailment);
  if (because.length > 0) return { sent: false, because };
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  // Without the address: whoever has it can keep the switch quiet.
  if (!response.ok) throw new Error(`the heartbeat was answered with ${response.status}: check RETORT_HEARTBEAT_URL`);
  return { sent: true };
}

/** Run by the scheduler, so that a beat shows that the scheduler and the database work. One a minute of all replicas. */
export function heartbeatJob(options: HeartbeatOptions): Job {
  return defineJob({
    name: 'heartbeat',
    schedule: '* * * * *',
    // The next minute is soon enough.
    maxAttempts: 1,
    run: ({ now }) => beat(options, now),
  });
}
