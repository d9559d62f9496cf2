import type pg from 'pg';
import { transaction } from '../db/query.ts';
import { lockPendingBatches, markRolledUp, rollUpAccountDays, rollUpTraffic } from '../db/roll-up.ts';
import { advanceWatermark, readWatermark } from '../db/watermark.ts';

/** Batches of one transaction: small enough to hold few locks, large enough to share its cost. */
export const BATCHES_PER_PIECE = 50;

export interface RollUpOptions {
  pool: pg.Pool;
  /** Epoch milliseconds: no watermark passes it. */
  now: number;
  /** How late an exchange may come before its window is closed. */
  allowedLatenessMs: number;
}

export interface RollUpResult {
  pieces: number;
  watermark: number | null;
}

/** Brings the counts up to all closed batches, each batch exactly once, and moves the watermark on. */
export async function rollUp({ pool, now, allowedLatenessMs }: RollUpOptions): Promise<RollUpResult> {
  let pieces = 0;
  while (await rollUpPiece(pool, now, allowedLatenessMs)) pieces += 1;
  return { pieces, watermark: (await readWatermark(pool, 'events')) ?? null };
}

/** One transaction: either a batch is in all counts and marked so, or in none. */
function rollUpPiece(pool: pg.Pool, now: number, allowedLatenessMs: number): Promise<boolean> {
  return transaction(pool, async (tx) => {
    const pending = await lockPendingBatches(tx, 'counts', BATCHES_PER_PIECE);
    if (pending === undefined) return false;
    await rollUpAccountDays(tx, pending);
    await rollUpTraffic(tx, pending);
    await markRolledUp(tx, 'counts', pending, now);
    if (pending.latest_at > 0)
      await advanceWatermark(tx, 'events', Math.min(pending.latest_at, now) - allowedLatenessMs);
    return true;
  });
}
