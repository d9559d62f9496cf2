import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { type Database, execute, many, transaction } from './query.ts';

const DAY_MS = 86_400_000;
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
      await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended('retort exchange partitions', 0))`);
      // Asked again under the lock: another maker may have come first.
      for (const day of await missingOf(tx, missing.slice(at, at + MADE_AT_ONCE))) await makePartition(tx, day);
    });
  }
}

function nameOf(day: number): string {
  return `exchange_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

async function missingOf(db: Database, days: readonly number[]): Promise<number[]> {
  if (days.length === 0) return [];
  const found = await many(
    db,
    z.object({ name: z.string() }),
    sql`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'exchange'::regclass and c.relname = any(${days.map(nameOf)}::text[])`,
  );
  const names = new Set(found.map((row) => row.name));
  return days.filter((day) => !names.has(nameOf(day)));
}

async function makePartition(tx: Database, day: number): Promise<void> {
  const name = raw(nameOf(day));
  const from = raw(new Date(day).toISOString());
  const to = raw(new Date(day + DAY_MS).toISOString());
  await execute(tx, sql`create table ${name} (like exchange including defaults)`);
  await execute(tx, sql`alter table exchange attach partition ${name} for values from ('${from}') to ('${to}')`);
}
