import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../time-units.ts';

export const GAP_REASONS = ['failed', 'timed_out', 'late'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** Windows that one detection missed for one reason. */
export const GapFigures = z.object({
  detection: z.string(),
  reason: z.enum(GAP_REASONS),
  windows: z.number(),
  /** Still to be caught up, of those; what is neither was given up. */
  open: z.number(),
  givenUp: z.number(),
  /** Ends of the oldest and the newest of the windows, epoch milliseconds. */
  from: z.number(),
  to: z.number(),
});
export type GapFigures = z.output<typeof GapFigures>;

/** The detections run at least every three hours: a run later than this was missed at least once. */
const LATE_MS = 4 * HOUR_MS;
/** Windows of one detection that are noted when a run is late: more days than these are a new beginning. */
const MOST_LATE_WINDOWS = 31;

/**
 * Ends of the windows that a detection should have looked at since its newest run, epoch milliseconds. Detections look
 * at whole days, so one window a UTC day covers all that lay in between; none where the run is in time.
 */
export function windowsMissed(
  last: { ranAt: number; windowEnd: number },
  { now, end }: { now: number; end: number },
): number[] {
  if (now - last.ranAt <= LATE_MS) return [];
  const ends: number[] = [];
  for (let midnight = Math.ceil((last.windowEnd + 2) / DAY_MS) * DAY_MS; midnight - 1 < end; midnight += DAY_MS) {
    ends.push(midnight - 1);
  }
  return ends.slice(-MOST_LATE_WINDOWS);
}
