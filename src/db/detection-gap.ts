import sql from 'sql-template-tag';
import { z } from 'zod';
import { GAP_REASONS, GapFigures, type GapReason } from '../campaigns/detection-gap.ts';
import { DAY_MS } from '../time-units.ts';
import { type Database, execute, many, Quantity, Timestamp } from './query.ts';

/** A window that a detection missed. Times are epoch milliseconds. */
export interface Gap {
  detection: string;
  windowEnd: number;
  reason: GapReason;
  /** What the database or the detection said; empty for a late one. */
  error: string;
}

/** Tries of one window before it is given up, and how old it may grow where its detection is gone. */
const MAX_ATTEMPTS = 5;
const OLDEST_MS = 14 * DAY_MS;

/** Notes missed windows; one that is noted already stays as it is. */
export async function recordGaps(db: Database, gaps: readonly Gap[], now: number): Promise<void> {
  if (gaps.length === 0) return;
  const rows = gaps.map((gap) => ({ ...gap, window_end: new Date(gap.windowEnd), error: gap.error.slice(0, 300) }));
  await execute(
    db,
    sql`
      insert into detection_gap (detection_id, window_end, reason, error, recorded_at)
      select r.detection, r.window_end, r.reason, r.error, ${new Date(now)}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(detection text, window_end timestamptz, reason text, error text)
      order by r.detection, r.window_end
      on conflict do nothing`,
  );
}

const OpenGap = z
  .object({ detection_id: z.string(), window_end: Timestamp })
  .transform((row) => ({ detection: row.detection_id, windowEnd: row.window_end }));
export type OpenGap = z.output<typeof OpenGap>;

/** Windows to catch up on: the oldest of each of these detections, `each` at most. */
export function readOpenGaps(db: Database, detections: readonly string[], each: number): Promise<OpenGap[]> {
  return many(
    db,
    OpenGap,
    sql`
      select detection_id, window_end from (
        select detection_id, window_end,
          row_number() over (partition by detection_id order by window_end) as place
        from detection_gap where state = 'open' and detection_id = any(${[...detections]}::text[])
      ) g
      where place <= ${each}
      order by detection_id, window_end`,
  );
}

/** Notes what came of catching up: done, or one more try that failed; the last one gives the window up. */
export async function settleGaps(
  db: Database,
  tried: readonly (OpenGap & { error: string | null })[],
  now: number,
): Promise<void> {
  const rows = tried.map((gap) => ({ ...gap, window_end: new Date(gap.windowEnd), error: gap.error?.slice(0, 300) }));
  await execute(
    db,
    sql`
      update detection_gap g set
        attempts = g.attempts + 1,
        error = coalesce(r.error, g.error),
        state = case when r.error is null then 'caught_up' when g.attempts + 1 >= ${MAX_ATTEMPTS} then 'given_up'
          else 'open' end,
        settled_at = case when r.error is null or g.attempts + 1 >= ${MAX_ATTEMPTS} then ${new Date(now)}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(detection text, "window_end" timestamptz, error text)
      where g.detection_id = r.detection and g.window_end = r.window_end and g.state = 'open'`,
  );
  await execute(
    db,
    sql`
      update detection_gap set state = 'given_up', settled_at = ${new Date(now)}
      where state = 'open' and window_end < ${new Date(now - OLDEST_MS)}`,
  );
}

/** Gives up what a detection still had to catch up on: a person switched it off. */
export async function giveUpGaps(db: Database, detection: string, now: number): Promise<void> {
  await execute(
    db,
    sql`
      update detection_gap set state = 'given_up', settled_at = ${new Date(now)}
      where state = 'open' and detection_id = ${detection}`,
  );
}

const Figures = z
  .object({
    detection: z.string(),
    reason: z.enum(GAP_REASONS),
    windows: Quantity,
    open: Quantity,
    given_up: Quantity,
    from: Timestamp,
    to: Timestamp,
  })
  .transform((row) => GapFigures.parse({ ...row, givenUp: row.given_up }));

/** Windows noted from `from` to before `to`, and whatever is still open, by detection and reason. */
export function readGapFigures(db: Database, { from, to }: { from: number; to: number }): Promise<GapFigures[]> {
  return many(
    db,
    Figures,
    sql`
      select detection_id as detection, reason, count(*) as windows, count(*) filter (where state = 'open') as open,
        count(*) filter (where state = 'given_up') as given_up, min(window_end) as from, max(window_end) as to
      from detection_gap
      where state = 'open' or (recorded_at >= ${new Date(from)} and recorded_at < ${new Date(to)})
      group by detection_id, reason order by detection_id, reason`,
  );
}

/** Forgets at most so many windows that were settled before a time. Returns how many. */
export function forgetGaps(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from detection_gap where (detection_id, window_end) in (
        select detection_id, window_end from detection_gap
        where state <> 'open' and settled_at < ${new Date(before)} limit ${limit})`,
  );
}
