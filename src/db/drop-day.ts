import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { DAY_MS } from '../time-units.ts';
import { dayOf, type Partition, type Table } from './day-partition.ts';
import { isLockFault } from './lock-fault.ts';
import { execute, many, one, transaction } from './query.ts';
import { advanceWatermark } from './watermark.ts';

/** `busy`: somebody reads or writes it just now. `kept`: it may not go. `gone`: another replica was first. */
export type DropOutcome = 'dropped' | 'busy' | 'kept' | 'gone';

/** Whoever comes after a drop that waits, waits as well: not for long. */
const LOCK_TIMEOUT_MS = 1_000;

/** Up to where the days of a table were dropped. */
const DROPPED = { exchange: 'dropped_exchanges', account_trait: 'dropped_traits' } as const;

/** The days of a table that there are, oldest first; epoch milliseconds. */
export async function listDays(pool: pg.Pool, table: Table): Promise<number[]> {
  const rows = await many(
    pool,
    z.object({ name: z.string() }),
    sql`
      select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ${table}::regclass and c.relname ~ ${`^${table}_[0-9]{8}$`}
      order by c.relname`,
  );
  return rows.map(({ name }) => Date.parse(name.slice(-8).replace(/(....)(..)(..)/, '$1-$2-$3')));
}

/**
 * Drops one day, whole or not at all. Asks whether it may go when nobody can write to it any more: what was written up
 * to then is seen by that question. Where it has to wait for others it gives up soon.
 */
export async function dropDay(
  pool: pg.Pool,
  partition: Partition,
  mayGo: (tx: pg.PoolClient) => Promise<boolean>,
  lockTimeoutMs = LOCK_TIMEOUT_MS,
): Promise<DropOutcome> {
  const { table, day } = partition;
  return transaction(pool, async (tx): Promise<DropOutcome> => {
    await execute(tx, sql`set local lock_timeout = ${raw(String(lockTimeoutMs))}`);
    const { found } = await one(
      tx,
      z.object({ found: z.boolean() }),
      sql`select lock_day(${table}, ${dayOf(day)}) as found`,
    );
    if (!found) return 'gone';
    if (!(await mayGo(tx))) return 'kept';
    await execute(tx, sql`select drop_day(${table}, ${dayOf(day)})`);
    await advanceWatermark(tx, DROPPED[table], day + DAY_MS);
    return 'dropped';
  }).catch((fault: unknown) => {
    if (isLockFault(fault)) return 'busy';
    throw fault;
  });
}
