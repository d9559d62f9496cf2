import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many, transaction } from './query.ts';

export const DAY_MS = 86_400_000;
/** The tables that have a part for each day, with the share of a page that new rows fill: updated rows need room. */
const TABLES = { exchange: 100, account_trait: 60 } as const;
export type Table = keyof typeof TABLES;
export interface Partition {
  table: Table;
  day: number;
}

/** Tables made in one transaction: each takes locks, of which a server has some thousands. */
const MADE_AT_ONCE = 50;

/**
 * Makes the day partitions (UTC) from one time to another, both included, where they are missing. Safe beside readers,
 * writers and other makers: a table is made by itself and then attached, which stops nobody from reading or writing.
 */
export async function ensurePartitions(pool: pg.Pool, from: number, to: number): Promise<void> {
  const days: number[] = [];
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS <= to; day += 1) days.push(day * DAY_MS);
  await ensureDayPartitions(pool, days);
}

/** The same for the days on which any of these times lie. */
export async function ensureDayPartitions(pool: pg.Pool, times: Iterable<number>): Promise<void> {
  const days = [...new Set([...times].map((at) => Math.floor(at / DAY_MS) * DAY_MS))].toSorted((a, b) => a - b);
  const missing = await missingOf(pool, days);
  for (let at = 0; at < missing.length; at += MADE_AT_ONCE) {
    await transaction(pool, async (tx) => {
      await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended('retort day partitions', 0))`);
      // Asked again under the lock: another maker may have come first.
      const still = new Set((await missingOf(tx, days)).map(nameOf));
      for (const partition of missing.slice(at, at + MADE_AT_ONCE)) {
        if (still.has(nameOf(partition))) await makePartition(tx, partition);
      }
    });
  }
}

export function nameOf({ table, day }: Partition): string {
  return `${table}_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

async function missingOf(db: Database, days: readonly number[]): Promise<Partition[]> {
  const wanted = days.flatMap((day) => (Object.keys(TABLES) as Table[]).map((table) => ({ table, day })));
  if (wanted.length === 0) return [];
  const found = await many(
    db,
    z.object({ name: z.string() }),
    sql`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = any(${Object.keys(TABLES)}::regclass[]) and c.relname = any(${wanted.map(nameOf)}::text[])`,
  );
  const names = new Set(found.map((row) => row.name));
  return wanted.filter((partition) => !names.has(nameOf(partition)));
}

async function makePartition(tx: Database, partition: Partition): Promise<void> {
  const { day } = partition;
  const [table, name] = [raw(partition.table), raw(nameOf(partition))];
  const fill = raw(String(TABLES[partition.table]));
  const from = raw(boundOf(partition, day));
  const to = raw(boundOf(partition, day + DAY_MS));
  await execute(tx, sql`create table ${name} (like ${table} including defaults) with (fillfactor = ${fill})`);
  // No plan needs to know which traits are frequent, and counting that is most of what an analysis costs.
  if (partition.table === 'exchange') await execute(tx, sql`alter table ${name} alter traits set statistics 0`);
  await execute(tx, sql`alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}')`);
}

/** A day's beginning, as the table's column has it. */
function boundOf({ table }: Partition, day: number): string {
  const at = new Date(day).toISOString();
  return table === 'exchange' ? at : at.slice(0, 10);
}
