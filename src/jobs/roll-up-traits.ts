import type pg from 'pg';
import { transaction } from '../db/query.ts';
import { lockPendingBatches, markRolledUp } from '../db/roll-up.ts';
import { promoteThinTraits, rollUpTraits as rollUpTraitsOf } from '../db/trait-roll-up.ts';
import { keepTemplateSums } from '../db/template-sum.ts';
import { advanceWatermark, readWatermark } from '../db/watermark.ts';
import { DAY_MS, HOUR_MS } from '../time-units.ts';
import { BATCHES_PER_PIECE } from './roll-up.ts';

/** How often raw rows are read again for thinly shared traits, and how far back. */
const THIN_EVERY_MS = 6 * HOUR_MS;
const THIN_WINDOW_MS = 24 * HOUR_MS;
/** A piece is held in memory: some 500 bytes each. */
const EXCHANGES_PER_PIECE = 200_000;
/** Days before the present one whose templates are summed up once: `shared-template` looks at three. */
const SUMMED_DAYS = 2;

/**
 * Brings the traits up to all closed batches, and moves their watermark to that of the counts: up to there detections
 * may look. Before they do, not at once: what an account shows many times in hours is then one row to update.
 */
export async function rollUpTraits(pool: pg.Pool, now: number): Promise<{ thinTraits: number }> {
  // Before the pieces: whatever is counted up to here is among them.
  const counted = await readWatermark(pool, 'events');
  while (await rollUpPiece(pool, now));
  if (counted === undefined) return { thinTraits: 0 };
  await advanceWatermark(pool, 'traits', counted);
  const thinTraits = await promoteThin(pool, counted, now);
  await keepTemplateSums(pool, daysOver(counted), now);
  return { thinTraits };
}

/** Starts of the days before that of a time, as many as detections look at besides. */
function daysOver(watermark: number): number[] {
  const today = Math.floor(watermark / DAY_MS) * DAY_MS;
  return Array.from({ length: SUMMED_DAYS }, (_, back) => today - (back + 1) * DAY_MS);
}

function rollUpPiece(pool: pg.Pool, now: number): Promise<boolean> {
  return transaction(pool, async (tx) => {
    const pending = await lockPendingBatches(tx, 'traits', BATCHES_PER_PIECE, EXCHANGES_PER_PIECE);
    if (pending === undefined) return false;
    await rollUpTraitsOf(tx, pending, now);
    await markRolledUp(tx, 'traits', pending, now);
    return true;
  });
}

async function promoteThin(pool: pg.Pool, watermark: number, now: number): Promise<number> {
  const last = await readWatermark(pool, 'thin_traits');
  if (last !== undefined && watermark - last < THIN_EVERY_MS) return 0;
  return transaction(pool, async (tx) => {
    const found = await promoteThinTraits(tx, watermark - THIN_WINDOW_MS, now);
    await advanceWatermark(tx, 'thin_traits', watermark);
    return found;
  });
}
