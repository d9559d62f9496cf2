import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many, one, Timestamp } from './query.ts';

const Row = z.object({ detection_id: z.string(), ran_at: Timestamp, window_end: Timestamp });

/** The newest run of each detection, whatever came of it; epoch milliseconds. */
export async function readRuns(db: Database): Promise<Map<string, { ranAt: number; windowEnd: number }>> {
  const rows = await many(db, Row, sql`select detection_id, ran_at, window_end from detection_run`);
  return new Map(rows.map((row) => [row.detection_id, { ranAt: row.ran_at, windowEnd: row.window_end }]));
}

/** When any detection ran last, epoch milliseconds; null where none ever did. */
export async function newestRun(db: Database): Promise<number | null> {
  const row = await one(db, z.object({ at: Timestamp.nullable() }), sql`select max(ran_at) as at from detection_run`);
  return row.at;
}

/** Notes that these detections ran over one window. A second run with an older clock changes nothing. */
export async function noteRuns(
  db: Database,
  detections: readonly string[],
  { now, end }: { now: number; end: number },
): Promise<void> {
  await execute(
    db,
    sql`
      insert into detection_run as r (detection_id, ran_at, window_end)
      select id, ${new Date(now)}, ${new Date(end)} from unnest(${[...detections]}::text[]) as d(id) order by id
      on conflict (detection_id) do update set
        ran_at = greatest(r.ran_at, excluded.ran_at), window_end = greatest(r.window_end, excluded.window_end)`,
  );
}

/** The next run of this detection is its first: nothing before it was missed. */
export async function forgetRun(db: Database, detection: string): Promise<void> {
  await execute(db, sql`delete from detection_run where detection_id = ${detection}`);
}
