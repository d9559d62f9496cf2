import type pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { MARKS } from '../campaigns/marks.ts';
import { type Database, execute, maybeOne, Timestamp } from './query.ts';
import { forgetTemplateSums } from './template-sum.ts';

/** What a batch is rolled up into, each behind a mark of its own: counts at once, traits before they are looked at. */
export type RollUpOf = 'counts' | 'traits';
const MARKED_BY = { counts: raw('rolled_up_at'), traits: raw('traits_rolled_up_at') };

/** Closed batches whose exchanges are not yet in the roll-ups, as one piece of work. */
const Pending = z.object({
  batches: z.array(z.number().int()),
  earliest_at: Timestamp,
  latest_at: Timestamp,
});
export type Pending = z.output<typeof Pending>;

/**
 * The oldest pending batches, at most `limit`, and as few as have `exchanges`; undefined where there are none. Locks them
 * against a second replica.
 */
export function lockPendingBatches(
  tx: Database,
  of: RollUpOf,
  limit: number,
  exchanges = Number.MAX_SAFE_INTEGER,
): Promise<Pending | undefined> {
  return maybeOne(
    tx,
    Pending,
    sql`
      with pending as (
        select batch_id, earliest_at, latest_at, accepted from ingest_batch
        where closed_at is not null and ${MARKED_BY[of]} is null
        order by batch_id limit ${limit} for update
      ), piece as (
        select *, sum(accepted) over (order by batch_id) - accepted as before from pending
      )
      select array_agg(batch_id order by batch_id) as batches,
        coalesce(min(earliest_at), 'epoch') as earliest_at, coalesce(max(latest_at), 'epoch') as latest_at
      from piece where before < ${exchanges} having count(*) > 0`,
  );
}

/** Only the pending batches: their bounds let the planner use the block range index and skip all other partitions. */
export const areIn = ({ batches, earliest_at, latest_at }: Pending): Sql => sql`
  e.batch_id between ${batches[0]} and ${batches.at(-1)} and e.batch_id = any(${batches}::int[])
  and e.occurred_at between ${new Date(earliest_at)} and ${new Date(latest_at)}`;

export const dayOf = sql`(e.occurred_at at time zone 'UTC')::date`;

export async function rollUpAccountDays(tx: Database, pending: Pending): Promise<number> {
  await forgetTemplateSums(tx, pending.earliest_at, pending.latest_at);
  return execute(
    tx,
    sql`
      insert into account_day as d
      select e.account_key, ${dayOf}, count(*), count(*) filter (where e.outcome = 1),
        coalesce(sum(e.input_tokens), 0), coalesce(sum(e.output_tokens), 0), coalesce(sum(e.reasoning_tokens), 0),
        bit_or(1 << extract(hour from e.occurred_at at time zone 'UTC')::int),
        count(*) filter (where e.marks & ${MARKS.elicits_reasoning} <> 0),
        count(*) filter (where e.marks & ${MARKS.grades} <> 0),
        count(*) filter (where e.marks & ${MARKS.replays_reasoning} <> 0),
        count(*) filter (where e.marks & ${MARKS.probes_bypass} <> 0),
        min(e.occurred_at), max(e.occurred_at)
      from exchange e where ${areIn(pending)}
      group by 1, 2
      order by 1, 2
      on conflict (account_key, day) do update set
        exchanges = d.exchanges + excluded.exchanges,
        refused = d.refused + excluded.refused,
        input_tokens = d.input_tokens + excluded.input_tokens,
        output_tokens = d.output_tokens + excluded.output_tokens,
        reasoning_tokens = d.reasoning_tokens + excluded.reasoning_tokens,
        hours = d.hours | excluded.hours,
        elicited = d.elicited + excluded.elicited,
        graded = d.graded + excluded.graded,
        replayed = d.replayed + excluded.replayed,
        probed = d.probed + excluded.probed,
        first_at = least(d.first_at, excluded.first_at),
        last_at = greatest(d.last_at, excluded.last_at)`,
  );
}

export async function rollUpTraffic(tx: Database, pending: Pending): Promise<number> {
  return execute(
    tx,
    sql`
      insert into traffic_hour as t
      select date_trunc('hour', e.occurred_at, 'UTC'), e.model_id, e.capability, count(*)
      from exchange e where ${areIn(pending)}
      group by 1, 2, 3
      order by 1, 2, 3
      on conflict (hour, model_id, capability) do update set exchanges = t.exchanges + excluded.exchanges`,
  );
}

export async function markRolledUp(tx: pg.PoolClient, of: RollUpOf, pending: Pending, now: number): Promise<void> {
  await execute(
    tx,
    sql`
      update ingest_batch set ${MARKED_BY[of]} = ${new Date(now)}
      where batch_id = any(${pending.batches}::int[])`,
  );
}

/** Forgets at most so many rows of `account_day` from days before a time. Returns how many. */
export function forgetAccountDays(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from account_day where (account_key, day) in (
        select account_key, day from account_day where day < ${new Date(before).toISOString().slice(0, 10)}::date
        order by day limit ${limit})`,
  );
}

/** The same of `traffic_hour`. */
export function forgetTraffic(db: Database, before: number, limit: number): Promise<number> {
  return execute(
    db,
    sql`
      delete from traffic_hour where (hour, model_id, capability) in (
        select hour, model_id, capability from traffic_hour where hour < ${new Date(before)} order by hour limit ${limit})`,
  );
}
