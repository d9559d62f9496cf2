import type pg from 'pg';
import { transaction } from '../db/query.ts';
import {
  lockPendingBatches,
  markRolledUp,
  promoteThinTraits,
  rollUpAccountDays,
  rollUpTraffic,
  rollUpTraits,
} from '../db/roll-up.ts';
import { advanceWatermark, readWatermark } from '../db/watermark.ts';

const HOUR_MS = 3_600_000;
/** Batches of one transaction: small enough to hold few locks, large enough to share its cost. */
const BATCHES_PER_PIECE = 50;
/** How often raw rows are read again for thinly shared traits, and how far back. */
const THIN_EVERY_MS = 6 * HOUR_MS;
const THIN_WINDOW_MS = 24 * HOUR_MS;

export interface RollUpOptions {
  pool: pg.Pool;
  /** Epoch milliseconds: no watermark passes it. */
  now: number;
  /** How late an exchange may come before its window is closed. */
  allowedLatenessMs: number;
}

export interface RollUpResult {
  pieces: number;
  thinTraits: number;
  watermark: number | null;
}

/** Brings the roll-ups up to all closed batches, each batch exactly once, and moves the watermark on. */
export async function rollUp({ pool, now, allowedLatenessMs }: RollUpOptions): Promise<RollUpResult> {
  let pieces = 0;
  while (await rollUpPiece(pool, now, allowedLatenessMs)) pieces += 1;
  const watermark = await readWatermark(pool, 'events');
  const thinTraits = watermark === undefined ? 0 : await promoteThin(pool, watermark, now);
  return { pieces, thinTraits, watermark: watermark ?? null };
}

/** One transaction: either a batch is in all roll-ups and marked so, or in none. */
function rollUpPiece(pool: pg.Pool, now: number, allowedLatenessMs: number): Promise<boolean> {
  return transaction(pool, async (tx) => {
    const pending = await lockPendingBatches(tx, BATCHES_PER_PIECE);
    if (pending === undefined) return false;
    await rollUpAccountDays(tx, pending);
    await rollUpTraffic(tx, pending);
    await rollUpTraits(tx, pending, now);
    await markRolledUp(tx, pending, now);
    if (pending.latest_at > 0)
      await advanceWatermark(tx, 'events', Math.min(pending.latest_at, now) - allowedLatenessMs);
    return true;
  });
}

async function promoteThin(pool: pg.Pool, watermark: number, now: number): Promise<number> {
  const last = await readWatermark(pool, 'thin_traits');
  if (last !== undefined && watermark - last < THIN_EVERY_MS) return 0;
  return transaction(pool, async (tx) => {
    const found = await promoteThinTraits(tx, watermark - THIN_WINDOW_MS, watermark, now);
    await advanceWatermark(tx, 'thin_traits', watermark);
    return found;
  });
}
