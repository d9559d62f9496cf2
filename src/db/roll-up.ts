import sql, { type Sql } from 'sql-template-tag';
import type pg from 'pg';
import { z } from 'zod';
import { MARKS } from '../campaigns/marks.ts';
import { CONTENT_KINDS } from '../campaigns/trait.ts';
import { isOfKind } from './is-of-kind.ts';
import { execute, maybeOne, many, Timestamp, type Database } from './query.ts';

/** Closed batches whose exchanges are not yet in the roll-ups, as one piece of work. */
const Pending = z.object({
  batches: z.array(z.number().int()),
  earliest_at: Timestamp,
  latest_at: Timestamp,
});
export type Pending = z.output<typeof Pending>;

/** The oldest pending batches, at most `limit`; undefined where there are none. Locks them against a second replica. */
export function lockPendingBatches(tx: Database, limit: number): Promise<Pending | undefined> {
  return maybeOne(
    tx,
    Pending,
    sql`
      with pending as (
        select batch_id, earliest_at, latest_at from ingest_batch
        where closed_at is not null and rolled_up_at is null
        order by batch_id limit ${limit} for update
      )
      select array_agg(batch_id order by batch_id) as batches,
        coalesce(min(earliest_at), 'epoch') as earliest_at, coalesce(max(latest_at), 'epoch') as latest_at
      from pending having count(*) > 0`,
  );
}

/** Only the pending batches: their bounds let the planner use the block range index and skip all other partitions. */
const areIn = ({ batches, earliest_at, latest_at }: Pending): Sql => sql`
  e.batch_id between ${batches[0]} and ${batches.at(-1)} and e.batch_id = any(${batches}::int[])
  and e.occurred_at between ${new Date(earliest_at)} and ${new Date(latest_at)}`;

const dayOf = sql`(e.occurred_at at time zone 'UTC')::date`;

export async function rollUpAccountDays(tx: Database, pending: Pending): Promise<number> {
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

/** Accounts from which on a trait is worth keeping: as many as the smallest group that a detection looks for. */
const SHARED_BY = 2;
const TEXT_SHARED_BY = 5;
/**
 * A mark of text must also be repeated: uses per account of a day. A template dealt thinly, six a day over twenty
 * templates, has 1.16; phrases that strangers have in common lie at 1.05, and are most of all marks.
 */
const TEXT_REPEATED = 1.1;

/** Whether a trait's sightings are worth keeping, as a condition on a group of them. */
const isWorthKeeping = (trait: Sql, account: Sql, uses: Sql): Sql => sql`
  count(*) >= ${SHARED_BY} and case when ${isOfKind(trait, CONTENT_KINDS)}
    then count(distinct ${account}) >= ${TEXT_SHARED_BY} and ${uses} >= ${TEXT_REPEATED}::float * count(distinct ${account})
    else count(distinct ${account}) >= ${SHARED_BY} end`;

/**
 * Keeps the sightings of shared traits. A trait is shared once enough accounts show it in the same piece of work;
 * those that are shared more thinly are found by `promoteThinTraits`.
 */
export async function rollUpTraits(tx: Database, pending: Pending, now: number): Promise<void> {
  await keepSightings(
    tx,
    sql`
      sighting as materialized (
        select e.account_key, s.trait, ${dayOf} as day, count(*)::int as uses,
          count(*) filter (where e.marks & ${ELICITING} <> 0)::int as elicited,
          min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
        from exchange e
        cross join lateral unnest(e.traits) as s(trait)
        where ${areIn(pending)}
        group by 1, 2, 3
      ),
      promoted as (
        insert into trait
        select s.trait, ${new Date(now)} from sighting s
        where not exists (select from trait t where t.trait = s.trait)
        group by s.trait having ${isWorthKeeping(sql`s.trait`, sql`s.account_key`, sql`sum(s.uses)`)}
        order by s.trait
        -- Not "do nothing": one that another replica promotes just now must be returned as well.
        on conflict (trait) do update set promoted_at = trait.promoted_at
        returning trait
      ),
      seen as materialized (
        select s.* from sighting s
        where exists (select from trait t where t.trait = s.trait)
          or s.trait in (select trait from promoted)
      )`,
  );
}

const ELICITING = MARKS.elicits_reasoning | MARKS.grades | MARKS.generates_data | MARKS.probes_bypass;

/**
 * Adds the sightings of a common table expression `seen`, one row for each account, trait and day, and what they come
 * to for each trait and day.
 */
async function keepSightings(tx: Database, seen: Sql): Promise<void> {
  await execute(
    tx,
    sql`
      with ${seen},
      kept as (
        insert into account_trait as a (account_key, trait, day, uses, elicited, first_at, last_at)
        select account_key, trait, day, uses, elicited, first_at, last_at from seen order by 1, 2, 3
        on conflict (account_key, trait, day) do update set
          uses = a.uses + excluded.uses,
          elicited = a.elicited + excluded.elicited,
          first_at = least(a.first_at, excluded.first_at),
          last_at = greatest(a.last_at, excluded.last_at)
        -- Only a row that is new has no transaction that replaced an older one.
        returning a.account_key, a.trait, a.day, a.xmax = 0 as is_new
      )
      insert into trait_day as d (trait, day, accounts, uses, elicited)
      select s.trait, s.day, count(*) filter (where k.is_new), sum(s.uses), sum(s.elicited)
      from seen s join kept k on k.account_key = s.account_key and k.trait = s.trait and k.day = s.day
      group by 1, 2
      order by 1, 2
      on conflict (trait, day) do update set
        accounts = d.accounts + excluded.accounts,
        uses = d.uses + excluded.uses,
        elicited = d.elicited + excluded.elicited`,
  );
}

/**
 * Finds traits that several accounts share too thinly to meet in one roll-up: reads the raw rows of a window again,
 * and keeps every sighting of the traits that it finds from the window's start on: what is newer than the window was
 * rolled up while they were not yet known. Returns how many traits were new.
 */
export async function promoteThinTraits(tx: Database, from: number, to: number, now: number): Promise<number> {
  const promoted = await many(
    tx,
    z.object({ trait: z.string() }),
    sql`
      insert into trait
      select s.trait, ${new Date(now)}
      from exchange e cross join lateral unnest(e.traits) as s(trait)
      where e.occurred_at >= ${new Date(from)} and e.occurred_at < ${new Date(to)}
        and not exists (select from trait t where t.trait = s.trait)
      group by s.trait having ${isWorthKeeping(sql`s.trait`, sql`e.account_key`, sql`count(*)`)}
      order by s.trait
      on conflict do nothing
      returning trait`,
  );
  await keepPastSightings(
    tx,
    promoted.map((row) => row.trait),
    from,
  );
  return promoted.length;
}

/** Keeps every sighting of these traits from a time on, however few show them. Returns how many were not kept before. */
export async function keepTraits(tx: Database, traits: readonly string[], from: number, now: number): Promise<number> {
  // Behind a roll-up that is under way: what it takes in now, it does not know to keep.
  await lockPendingBatches(tx, MOST_BATCHES);
  const promoted = await many(
    tx,
    z.object({ trait: z.string() }),
    sql`
      insert into trait select t.trait, ${new Date(now)} from unnest(${[...traits]}::bigint[]) as t(trait)
      order by t.trait
      on conflict do nothing
      returning trait`,
  );
  await keepPastSightings(
    tx,
    promoted.map((row) => row.trait),
    from,
  );
  return promoted.length;
}

const MOST_BATCHES = 1_000_000;

/** Sightings of traits that were not kept until now, in exchanges that are rolled up already. */
async function keepPastSightings(tx: Database, traits: readonly string[], from: number): Promise<void> {
  if (traits.length === 0) return;
  await keepSightings(
    tx,
    sql`
      seen as materialized (
        select e.account_key, s.trait, ${dayOf} as day, count(*) as uses,
          count(*) filter (where e.marks & ${ELICITING} <> 0) as elicited,
          min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
        from exchange e
        join ingest_batch b on b.batch_id = e.batch_id and b.rolled_up_at is not null
        cross join lateral unnest(e.traits) as s(trait)
      where e.occurred_at >= ${new Date(from)}
        and s.trait in (select unnest(${[...traits]}::bigint[]))
      group by 1, 2, 3
      )`,
  );
}

export async function markRolledUp(tx: pg.PoolClient, pending: Pending, now: number): Promise<void> {
  await execute(
    tx,
    sql`
      update ingest_batch set rolled_up_at = ${new Date(now)}
      where batch_id = any(${pending.batches}::int[])`,
  );
}
