import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { DAY_MS } from '../time-units.ts';
import { type Database, execute, many, transaction } from './query.ts';

/** The tables that have a part for each day, as the database's own functions make and drop it. */
const TABLES = ['exchange', 'account_trait'] as const;
export type Table = (typeof TABLES)[number];
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
        const { table, day } = partition;
        if (still.has(nameOf(partition))) await execute(tx, sql`select make_day(${table}, ${dayOf(day)})`);
      }
    });
  }
}

function nameOf({ table, day }: Partition): string {
  return `${table}_${dayOf(day).replaceAll('-', '')}`;
}

/** `2026-03-10`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

async function missingOf(db: Database, days: readonly number[]): Promise<Partition[]> {
  const wanted = days.flatMap((day) => TABLES.map((table) => ({ table, day })));
  if (wanted.length === 0) return [];
  const found = await many(
    db,
    z.object({ name: z.string() }),
    sql`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = any(${TABLES}::regclass[]) and c.relname = any(${wanted.map(nameOf)}::text[])`,
  );
  const names = new Set(found.map((row) => row.name));
  return wanted.filter((partition) => !names.has(nameOf(partition)));
}
