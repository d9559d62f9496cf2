import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { MARKS } from '../campaigns/marks.ts';
import { CONTENT_KINDS } from '../campaigns/trait.ts';
import { isOfKind } from './is-of-kind.ts';
import { type Database, execute, many } from './query.ts';
import { areIn, dayOf, lockPendingBatches, type Pending } from './roll-up.ts';

/** Accounts from which on a trait is worth keeping: as many as the smallest group that a detection looks for. */
const SHARED_BY = 2;
const TEXT_SHARED_BY = 5;
/**
 * A mark of text must also be repeated: uses per account of a day. A template dealt thinly, six a day over twenty
 * templates, has 1.16; phrases that strangers have in common lie at 1.05, and are most of all marks.
 */
const TEXT_REPEATED = 1.1;

/** Whether a trait's sightings are worth keeping, as a condition on a group of rows, one for each account. */
const isWorthKeeping = (trait: Sql, uses: Sql): Sql => sql`
  count(*) >= case when ${isOfKind(trait, CONTENT_KINDS)} then ${TEXT_SHARED_BY}::int else ${SHARED_BY}::int end
  and (not (${isOfKind(trait, CONTENT_KINDS)}) or sum(${uses}) >= ${TEXT_REPEATED}::float * count(*))`;

/**
 * Keeps the sightings of shared traits. A trait is shared once enough accounts show it in the same piece of work;
 * those that are shared more thinly are found by `promoteThinTraits`.
 */
export async function rollUpTraits(tx: Database, pending: Pending, now: number): Promise<void> {
  await keepSightings(
    tx,
    sql`
      sighting as materialized (
        select s.*, t.trait is not null as is_shared
        from (
          select e.account_key, s.trait, ${dayOf} as day, count(*)::int as uses,
            count(*) filter (where e.marks & ${ELICITING} <> 0)::int as elicited,
            min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
          from exchange e
          cross join lateral unnest(e.traits) as s(trait)
          where ${areIn(pending)}
          group by 1, 2, 3
        ) s
        left join trait t on t.trait = s.trait
      ),
      user_of as (
        select trait, account_key, sum(uses) as uses from sighting where not is_shared group by 1, 2
      ),
      promoted as (
        insert into trait
        select u.trait, ${new Date(now)} from user_of u
        group by u.trait having ${isWorthKeeping(sql`u.trait`, sql`u.uses`)}
        order by u.trait
        -- Not "do nothing": one that another replica promotes just now must be returned as well.
        on conflict (trait) do update set promoted_at = trait.promoted_at
        returning trait
      ),
      seen as materialized (
        select s.* from sighting s where s.is_shared or s.trait in (select trait from promoted)
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
        returning a.account_key, a.trait, a.day, a.uses
      )
      insert into trait_day as d (trait, day, accounts, uses, elicited)
      -- A row that is new has no uses but these.
      select s.trait, s.day, count(*) filter (where k.uses = s.uses), sum(s.uses), sum(s.elicited)
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
      select u.trait, ${new Date(now)}
      from (
        select s.trait, e.account_key, count(*) as uses
        from exchange e cross join lateral unnest(e.traits) as s(trait)
        where e.occurred_at >= ${new Date(from)} and e.occurred_at < ${new Date(to)}
          and not exists (select from trait t where t.trait = s.trait)
        group by s.trait, e.account_key
      ) u
      group by u.trait having ${isWorthKeeping(sql`u.trait`, sql`u.uses`)}
      order by u.trait
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
  await lockPendingBatches(tx, 'traits', MOST_BATCHES);
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

/** Sightings of traits that were not kept until now, in exchanges whose traits are rolled up already. */
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
        join ingest_batch b on b.batch_id = e.batch_id and b.traits_rolled_up_at is not null
        cross join lateral unnest(e.traits) as s(trait)
        where e.occurred_at >= ${new Date(from)} and s.trait in (select unnest(${[...traits]}::bigint[]))
        group by 1, 2, 3
      )`,
  );
}
