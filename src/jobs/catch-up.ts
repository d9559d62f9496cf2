import type pg from 'pg';
import { windowsMissed } from '../campaigns/detection-gap.ts';
import type { Hit } from '../campaigns/hit.ts';
import { mergeHits } from '../campaigns/merge-hits.ts';
import { type Gap, type OpenGap, readOpenGaps, recordGaps } from '../db/detection-gap.ts';
import { readRuns } from '../db/detection-run.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import { runDetection } from '../detections/run-detection.ts';
import { type Log, scrub } from '../log.ts';
import { DAY_MS } from '../time-units.ts';
import type { Gathered } from './gather-hits.ts';

/** Windows that one detection catches up on in one run: a long outage must not make the next run late as well. */
const AT_ONCE = 6;
/** The longest window of our detections. */
const LOOK_BACK_MS = 7 * DAY_MS;

export interface CaughtUp {
  /** The present window's hits, with those of the missed ones in them. */
  hits: Hit[];
  /** Windows that were missed and noted by this run. */
  missed: Gap[];
  /** Windows that were tried again; `error` null: done. To be settled once their hits have been acted upon. */
  tried: (OpenGap & { error: string | null })[];
}

/**
 * Notes the windows that detections missed, by a failure now or because this run is late, and runs those that did not
 * fail now over what they missed: the same query, with the missed window's end.
 */
export async function catchUp(
  pool: pg.Pool,
  detections: readonly Detection[],
  gathered: Gathered,
  { now, end, timeoutMs, log }: { now: number; end: number; timeoutMs: number; log: Log },
): Promise<CaughtUp> {
  const runs = await readRuns(pool);
  const late = detections.flatMap(({ id }): Gap[] => {
    const last = runs.get(id);
    const ends = last === undefined ? [] : windowsMissed(last, { now, end });
    return ends.map((windowEnd) => ({ detection: id, windowEnd, reason: 'late', error: '' }));
  });
  const failed = gathered.failed.map(
    ({ detection, error, timedOut }): Gap => ({
      detection,
      windowEnd: end,
      reason: timedOut ? 'timed_out' : 'failed',
      error: scrub(error),
    }),
  );
  const missed = [...late, ...failed];
  await recordGaps(pool, missed, now);
  for (const { detection, windowEnd, reason } of missed) {
    log.warn({ detection, window: windowEnd, reason }, 'a detection missed a window; it will catch up');
  }

  const ill = new Set(gathered.failed.map(({ detection }) => detection));
  const able = new Map(detections.filter(({ id }) => !ill.has(id)).map((detection) => [detection.id, detection]));
  const found: Hit[][] = [];
  const tried: CaughtUp['tried'] = [];
  const droppedUntil = (await readWatermark(pool, 'dropped_traits')) ?? 0;
  for (const gap of await readOpenGaps(pool, [...able.keys()], AT_ONCE)) {
    const detection = able.get(gap.detection);
    if (detection === undefined) continue;
    try {
      // Without its days it would find nothing, and be called caught up.
      if (gap.windowEnd - LOOK_BACK_MS < droppedUntil) throw new Error('the days that it looks at were dropped');
      found.push(await runDetection(pool, detection, { end: gap.windowEnd }, { timeoutMs }));
      tried.push({ ...gap, error: null });
      log.info({ detection: gap.detection, window: gap.windowEnd }, 'a missed window was caught up');
    } catch (fault) {
      const error = scrub(fault instanceof Error ? fault.message : String(fault));
      tried.push({ ...gap, error });
      log.error(
        { detection: gap.detection, window: gap.windowEnd, err: fault },
        'a missed window could not be caught up',
      );
    }
  }
  return { hits: mergeHits(gathered.hits, found.flat()), missed, tried };
}
