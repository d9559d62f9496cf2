import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, one, Timestamp } from './query.ts';

/** What a closed batch holds. Times are epoch milliseconds, null in a batch without exchanges. */
export interface BatchFigures {
  accepted: number;
  duplicates: number;
  quarantined: number;
  earliestAt: number | null;
  latestAt: number | null;
}

export async function openBatch(tx: Database, source: string, now: number): Promise<number> {
  const row = await one(
    tx,
    z.object({ batch_id: z.number().int() }),
    sql`insert into ingest_batch (source, opened_at) values (${source}, ${new Date(now)}) returning batch_id`,
  );
  return row.batch_id;
}

/** Closes a batch: from here on the roll-ups take it. */
export async function closeBatch(tx: Database, batch: number, figures: BatchFigures, now: number): Promise<void> {
  const date = (at: number | null) => (at === null ? null : new Date(at));
  await execute(
    tx,
    sql`
      update ingest_batch set closed_at = ${new Date(now)}, accepted = ${figures.accepted},
        duplicates = ${figures.duplicates}, quarantined = ${figures.quarantined},
        earliest_at = ${date(figures.earliestAt)}, latest_at = ${date(figures.latestAt)}
      where batch_id = ${batch}`,
  );
}

/** The oldest exchange of the batches that are not in all roll-ups yet; null where there is none. */
export async function oldestPending(db: Database): Promise<number | null> {
  const row = await one(
    db,
    z.object({ at: Timestamp.nullable() }),
    sql`
      select least(
        (select min(earliest_at) from ingest_batch where closed_at is not null and rolled_up_at is null),
        (select min(earliest_at) from ingest_batch where closed_at is not null and traits_rolled_up_at is null)
      ) as at`,
  );
  return row.at;
}

/** Forgets at most so many batches that closed before a time, and whose exchanges are gone. Returns how many. */
export function forgetBatches(
  db: Database,
  { before, droppedUntil, limit }: { before: number; droppedUntil: number; limit: number },
): Promise<number> {
  return execute(
    db,
    sql`
      delete from ingest_batch where batch_id in (
        select batch_id from ingest_batch
        where closed_at < ${new Date(before)} and (latest_at is null or latest_at < ${new Date(droppedUntil)})
          and rolled_up_at is not null and traits_rolled_up_at is not null
        order by batch_id limit ${limit})`,
  );
}
