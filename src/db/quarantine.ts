import sql from 'sql-template-tag';
import { type Database, execute } from './query.ts';

/** A line that is no record. Its text is not kept: it may hold a prompt. */
export interface QuarantinedLine {
  number: number;
  reason: string;
  bytes: number;
  hash: bigint;
}

export async function quarantine(
  tx: Database,
  { batch, source, now }: { batch: number; source: string; now: number },
  lines: readonly QuarantinedLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await execute(
    tx,
    sql`
      insert into quarantine (batch_id, source, line_number, reason, line_bytes, line_hash, quarantined_at)
      select ${batch}::int, ${source}, l.number, l.reason, l.bytes, l.hash, ${new Date(now)}
      from unnest(${lines.map((line) => line.number)}::bigint[], ${lines.map((line) => line.reason)}::text[],
        ${lines.map((line) => line.bytes)}::bigint[], ${lines.map((line) => String(line.hash))}::bigint[])
        as l(number, reason, bytes, hash)`,
  );
}

/** Forgets at most so many lines that were quarantined before a time. Returns how many. */
export function forgetQuarantined(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from quarantine where quarantine_id in (
        select quarantine_id from quarantine where quarantined_at < ${new Date(before)}
        order by quarantined_at limit ${limit})`,
  );
}
