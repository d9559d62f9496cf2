import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Precision } from '../campaigns/precision.ts';
import { type Database, many, Quantity } from './query.ts';

const Row = z
  .object({ detection: z.string(), confirmed: Quantity, judged: Quantity })
  .transform((row): Precision => row);

/** The measured precision of every detection that has contributed to a judged campaign. What was contained is real. */
export function readPrecision(db: Database): Promise<Precision[]> {
  return many(
    db,
    Row,
    sql`
      select d.detection, count(*) filter (where c.status <> 'dismissed') as confirmed, count(*) as judged
      from campaign c cross join lateral unnest(c.detections) as d(detection)
      where c.status in ('confirmed', 'contained', 'dismissed')
      group by d.detection order by d.detection`,
  );
}

/** The detections that contributed to campaigns which people dismissed from `from` to before `to`. */
export async function detectionsDismissed(db: Database, from: number, to: number): Promise<string[]> {
  const rows = await many(
    db,
    z.object({ detection: z.string() }),
    sql`
      select distinct d.detection
      from campaign c cross join lateral unnest(c.detections) as d(detection)
      where c.decided_at >= ${new Date(from)} and c.decided_at < ${new Date(to)}
        and c.status = 'dismissed'
      order by d.detection`,
  );
  return rows.map((row) => row.detection);
}
