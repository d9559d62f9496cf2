import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, one } from './query.ts';

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
