import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, many, Quantity, Timestamp } from './query.ts';

/** Counts what each detection found since a time: traits, and the accounts of all of them, each counted once. */
export async function noteHitFigures(db: Database, since: number): Promise<void> {
  await db.query(
    sql`
      insert into hit_figure (detection_id, hits, accounts, last_at)
      select h.detection_id, count(distinct h.trait), count(distinct a.account), max(h.last_found_at)
      from hit h cross join lateral unnest(h.accounts) as a(account)
      where h.last_found_at >= ${new Date(since)}
      group by h.detection_id order by h.detection_id
      on conflict (detection_id) do update set
        hits = excluded.hits, accounts = excluded.accounts, last_at = excluded.last_at`,
  );
}

const Figures = z.object({ detection: z.string(), hits: Quantity, accounts: Quantity, last_at: Timestamp });

/** The figures of the newest look, of the detections that found something since a time. */
export function readHitFigures(db: Database, since: number): Promise<z.output<typeof Figures>[]> {
  return many(
    db,
    Figures,
    sql`
      select detection_id as detection, hits, accounts, last_at from hit_figure
      where last_at >= ${new Date(since)} order by detection_id`,
  );
}
