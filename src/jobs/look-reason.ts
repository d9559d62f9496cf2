import type pg from 'pg';
import { decideLook, type LookReason } from '../campaigns/look-decision.ts';
import { countExchanges } from '../db/campaign-figures.ts';
import { readRuns } from '../db/detection-run.ts';
import { readWatermark } from '../db/watermark.ts';
import { DAY_MS } from '../time-units.ts';

const WINDOW_MS = 3 * DAY_MS;

/** Whether the detections have enough to look at since their newest run, and why. */
export async function lookReason(pool: pg.Pool): Promise<LookReason> {
  const closedTo = await readWatermark(pool, 'events');
  if (closedTo === undefined) return undefined;
  const ends = [...(await readRuns(pool)).values()].map((run) => run.windowEnd);
  if (ends.length === 0) return decideLook(undefined, closedTo);
  const windowEnd = Math.max(...ends);
  const newExchanges = await countExchanges(pool, windowEnd, closedTo);
  const windowExchanges = await countExchanges(pool, closedTo - WINDOW_MS, closedTo);
  return decideLook({ windowEnd, newExchanges, windowExchanges }, closedTo);
}
