import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many } from './query.ts';

/** Notes that a person opened their Home. */
export async function noteViewer(db: Database, user: string, now: number): Promise<void> {
  await execute(
    db,
    sql`
      insert into home_viewer (user_id, opened_at) values (${user}, ${new Date(now)})
      on conflict (user_id) do update set opened_at = excluded.opened_at`,
  );
}

/** Who opened their Home since a time, the latest first, with a hash of what it shows. */
export async function listViewers(
  db: Database,
  since: number,
  { limit }: { limit: number },
): Promise<{ user: string; shown: string | null }[]> {
  const rows = await many(
    db,
    z.object({ user_id: z.string(), shown: z.string().nullable() }),
    sql`select user_id, shown from home_viewer where opened_at >= ${new Date(since)}
        order by opened_at desc, user_id limit ${limit}`,
  );
  return rows.map((row) => ({ user: row.user_id, shown: row.shown }));
}

export async function noteShown(db: Database, user: string, shown: string): Promise<void> {
  await execute(db, sql`update home_viewer set shown = ${shown} where user_id = ${user}`);
}
