import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { MARKS } from '../campaigns/marks.ts';
import { CONTENT_KINDS } from '../campaigns/trait.ts';
import { isOfKind } from './is-of-kind.ts';
import { type Database, execute, many } from './query.ts';
import { forgetTemplateSums } from './template-sum.ts';
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

/** What any trait worth keeping has at least: most of them fall here, before anybody counts their accounts. */
const mayBeWorthKeeping = (trait: Sql, uses: Sql): Sql => sql`
  ${uses} >= case when ${isOfKind(trait, CONTENT_KINDS)} then ${Math.ceil(TEXT_SHARED_BY * TEXT_REPEATED)}::int
    else ${SHARED_BY}::int end`;

/** Each trait of each exchange that meets a condition, a row each. Without the offset each would ask for its day anew. */
const traitsSeen = (condition: Sql): Sql => sql`
  select e.account_key, e.occurred_at, e.day, e.elicits, unnest(e.traits) as trait
  from (
    select e.account_key, e.occurred_at, ${dayOf} as day, e.marks & ${ELICITING} <> 0 as elicits, e.traits
    from exchange e where ${condition} offset 0
  ) e`;

/** Those as sightings, one row for each account, trait and day. */
const sightingsIn = (seen: Sql): Sql => sql`
  select account_key, trait, day, count(*)::int as uses, count(*) filter (where elicits)::int as elicited,
    min(occurred_at) as first_at, max(occurred_at) as last_at
  from ${seen} group by account_key, trait, day`;

/**
 * Keeps the sightings of shared traits. A trait is shared once enough accounts show it in the same piece of work;
 * those that are shared more thinly are found by `promoteThinTraits`.
 */
export async function rollUpTraits(tx: Database, pending: Pending, now: number): Promise<void> {
  // What was written just now has no statistics: the planner would look each of its few supposed rows up in turn.
  await execute(tx, sql`set local enable_nestloop = off`);
  await findLikely(tx, areIn(pending));
  await execute(
    tx,
    sql`
      create temporary table likely_sighting on commit drop as
      ${sightingsIn(sql`
        (${traitsSeen(areIn(pending))}) e
        where trait in (select trait from trait union all select trait from likely_trait)`)}`,
  );
  await promoteLikely(tx, now);
  await keepSightings(tx, sql`seen as (select * from likely_sighting where trait in (select trait from trait))`);
  await forgetTemplateSums(tx, pending.earliest_at, pending.latest_at);
}

/** Makes a table `likely_trait` of what may be shared and is not kept yet: by sums alone, where most traits end. */
async function findLikely(tx: Database, condition: Sql): Promise<void> {
  await execute(
    tx,
    sql`
      create temporary table likely_trait on commit drop as
      select s.trait
      from (select e.account_key, unnest(e.traits) as trait from exchange e where ${condition}) s
      where not exists (select from trait t where t.trait = s.trait)
      group by s.trait
      having ${mayBeWorthKeeping(sql`s.trait`, sql`count(*)`)} and min(s.account_key) <> max(s.account_key)`,
  );
}

/** Promotes what of a table `likely_sighting` is shared, and is not kept yet. */
function promoteLikely(tx: Database, now: number): Promise<{ trait: string }[]> {
  return many(
    tx,
    z.object({ trait: z.string() }),
    sql`
      insert into trait
      select u.trait, ${new Date(now)}
      from (
        select trait, account_key, sum(uses) as uses from likely_sighting
        where trait in (select trait from likely_trait) group by trait, account_key
      ) u
      group by u.trait having ${isWorthKeeping(sql`u.trait`, sql`u.uses`)}
      order by u.trait
      on conflict do nothing
      returning trait`,
  );
}

/** Bits of `exchange.marks` of which one elicits. */
export const ELICITING = MARKS.elicits_reasoning | MARKS.grades | MARKS.generates_data | MARKS.probes_bypass;

/** Adds the sightings of a common table expression `seen`, one row for each account, trait and day. */
async function keepSightings(tx: Database, seen: Sql): Promise<void> {
  await execute(
    tx,
    sql`
      with ${seen}
      insert into account_trait as a (account_key, trait, day, uses, elicited, first_at, last_at)
      select account_key, trait, day, uses, elicited, first_at, last_at from seen order by 1, 2, 3
      on conflict (account_key, trait, day) do update set
        uses = a.uses + excluded.uses,
        elicited = a.elicited + excluded.elicited,
        first_at = least(a.first_at, excluded.first_at),
        last_at = greatest(a.last_at, excluded.last_at)`,
  );
}

/**
 * Finds traits that several accounts share too thinly to meet in one roll-up: reads the raw rows from a time on again,
 * and keeps every sighting of the traits that it finds. Returns how many traits were new.
 */
export async function promoteThinTraits(tx: Database, from: number, now: number): Promise<number> {
  // In statements of their own, which may use every processor.
  await findLikely(tx, sql`e.occurred_at >= ${new Date(from)}`);
  await execute(
    tx,
    sql`
      create temporary table likely_sighting on commit drop as
      ${pastSightings(sql`select trait from likely_trait`, from)}`,
  );
  const promoted = await promoteLikely(tx, now);
  const traits = promoted.map((row) => row.trait);
  if (traits.length > 0) {
    await keepSightings(tx, sql`seen as (select * from likely_sighting where trait = any(${traits}::bigint[]))`);
    await forgetTemplateSums(tx, from, now);
  }
  return traits.length;
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
  const fresh = promoted.map((row) => row.trait);
  if (fresh.length > 0) {
    await keepSightings(tx, sql`seen as (${pastSightings(sql`select unnest(${fresh}::bigint[])`, from)})`);
    await keepPacked(tx, fresh, from);
    await forgetTemplateSums(tx, from, now);
  }
  return fresh.length;
}

/** The same of days that are packed: what nobody shared then lies apart there. */
async function keepPacked(tx: Database, traits: readonly string[], from: number): Promise<void> {
  await execute(
    tx,
    sql`
      insert into account_trait (account_key, trait, day, uses, elicited, first_at, last_at)
      select account_key, trait, day, uses, coalesce(elicited, 0),
        day::timestamp at time zone 'UTC' + first_ms * interval '1 ms', day::timestamp at time zone 'UTC' + last_ms * interval '1 ms'
      from (
        select account_key, day, unnest(traits[kept + 1:]) as trait, unnest(uses[kept + 1:]) as uses,
          unnest(elicited[kept + 1:]) as elicited, unnest(first_ms[kept + 1:]) as first_ms,
          unnest(last_ms[kept + 1:]) as last_ms
        from account_trait_pack
        where day >= ${new Date(from)}::date and traits && ${[...traits]}::bigint[]
      ) p
      where trait = any(${[...traits]}::bigint[])
      order by 1, 2, 3
      on conflict do nothing`,
  );
}

const MOST_BATCHES = 1_000_000;

/** Sightings of traits that were not kept until now, in exchanges whose traits are rolled up already. */
const pastSightings = (traits: Sql, from: number): Sql =>
  sightingsIn(sql`
    (${traitsSeen(sql`e.occurred_at >= ${new Date(from)} and e.batch_id in (
      select batch_id from ingest_batch where traits_rolled_up_at is not null)`)}) e
    where trait in (${traits})`);
