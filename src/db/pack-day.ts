import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { LONE_KINDS, TRAIT_KINDS } from '../campaigns/trait.ts';
import { MINUTE_MS } from '../time-units.ts';
import { dayOf } from './day-partition.ts';
import { listDays } from './drop-day.ts';
import { isLockFault } from './lock-fault.ts';
import { execute, many, one, transaction, within } from './query.ts';
import { ELICITING } from './trait-roll-up.ts';

/** `busy`: somebody reads or writes it just now, or wrote to it meanwhile. `kept`: it may not be packed. `gone`: nothing to do. */
export type PackOutcome = 'packed' | 'busy' | 'kept' | 'gone';

/** Whoever comes after a lock that is waited for waits as well: not for long. */
const LOCK_TIMEOUT_MS = 1_000;
/** The largest day that there may be. */
const BUILD_MS = 60 * MINUTE_MS;

/** The days before a time that are not packed, oldest first. On Citus none: there old days are its own columnar tables'. */
export async function listUnpackedDays(pool: pg.Pool, before: number): Promise<number[]> {
  const { is_citus: isCitus } = await one(
    pool,
    z.object({ is_citus: z.boolean() }),
    sql`select exists (select from pg_extension where extname = 'citus') as is_citus`,
  );
  if (isCitus) return [];
  const days = (await listDays(pool, 'exchange')).filter((day) => day < before);
  const unpacked = await many(
    pool,
    z.object({ day: z.string() }),
    sql`select d.day::text as day from unnest(${days.map(dayOf)}::date[]) as d(day) where is_unpacked(d.day) order by 1`,
  );
  return unpacked.map(({ day }) => Date.parse(day));
}

/** Thrown, so that what was made goes with the transaction. */
class NotPacked extends Error {
  readonly outcome: PackOutcome;
  constructor(outcome: PackOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * Packs one day, whole or not at all: its raw rows without their traits, its sightings by account. The packed form is made
 * beside it, which stops nobody; then, with nobody reading or writing, it is asked whether the day may be packed and is still as
 * it was, and the packed form takes its place. Where it has to wait for others it gives up soon.
 */
export async function packDay(
  pool: pg.Pool,
  day: number,
  mayBePacked: (tx: pg.PoolClient) => Promise<boolean>,
  lockTimeoutMs = LOCK_TIMEOUT_MS,
): Promise<PackOutcome> {
  const of = dayOf(day);
  const lone = LONE_KINDS.map((kind) => TRAIT_KINDS[kind]);
  const ask = z.object({ yes: z.boolean() });
  return transaction(pool, async (tx): Promise<PackOutcome> => {
    await execute(
      tx,
      sql`set local lock_timeout = ${raw(String(lockTimeoutMs))}; set local statement_timeout = ${raw(String(BUILD_MS))}`,
    );
    const { yes: isThere } = await one(tx, ask, sql`select is_unpacked(${of}) as yes`);
    if (!isThere) return 'gone';
    await tx.query(within(BUILD_MS, sql`select pack_day(${of}, ${lone}, ${ELICITING})`));
    for (const table of ['exchange', 'account_trait']) {
      const { yes: isLocked } = await one(tx, ask, sql`select lock_day(${table}, ${of}) as yes`);
      if (!isLocked) throw new NotPacked('gone');
    }
    if (!(await mayBePacked(tx))) throw new NotPacked('kept');
    const { yes: isTaken } = await one(tx, ask, sql`select take_packed_day(${of}) as yes`);
    if (!isTaken) throw new NotPacked('busy');
    return 'packed';
  }).catch((fault: unknown) => {
    if (fault instanceof NotPacked) return fault.outcome;
    if (isLockFault(fault)) return 'busy';
    throw fault;
  });
}
