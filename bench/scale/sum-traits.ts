import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { CONTENT_KINDS } from '../../src/campaigns/trait.ts';
import { isOfKind } from '../../src/db/is-of-kind.ts';
import { execute } from '../../src/db/query.ts';
import { ELICITING } from '../../src/db/trait-roll-up.ts';
import { dayOf } from '../../src/db/roll-up.ts';
import { SHARED_BY, TEXT_REPEATED, TEXT_SHARED_BY, TEXT_USES } from '../../src/db/traits/shared-traits.ts';

const orOfText = (trait: Sql, text: number, other: number) =>
  sql`case when ${isOfKind(trait, CONTENT_KINDS)} then ${text}::float else ${other}::float end`;

/**
 * What a roll-up of traits comes to, in SQL alone: the traits that enough accounts share, into `trait`, and all their
 * sightings, into `account_trait`. Of exchanges, called `e`, that a condition holds for.
 */
export async function sumTraits(tx: pg.PoolClient, condition: Sql, now: number): Promise<void> {
  // What was written just now has no statistics: the planner would look each of its few supposed rows up in turn.
  await execute(tx, sql`set local enable_nestloop = off`);
  // By sums alone first, where most traits end.
  await execute(
    tx,
    sql`
      create temporary table likely_trait on commit drop as
      select s.trait
      from (select e.account_key, unnest(e.traits) as trait from exchange e where ${condition}) s
      where not exists (select from trait t where t.trait = s.trait)
      group by s.trait
      having count(*) >= ${orOfText(sql`s.trait`, TEXT_USES, SHARED_BY)}
        and min(s.account_key) <> max(s.account_key)`,
  );
  await execute(
    tx,
    sql`
      create temporary table likely_sighting on commit drop as
      select account_key, trait, day, count(*)::int as uses, count(*) filter (where elicits)::int as elicited,
        min(occurred_at) as first_at, max(occurred_at) as last_at
      from (
        select e.account_key, e.occurred_at, e.day, e.elicits, unnest(e.traits) as trait
        from (
          select e.account_key, e.occurred_at, ${dayOf} as day, e.marks & ${ELICITING} <> 0 as elicits, e.traits
          from exchange e where ${condition} offset 0
        ) e
      ) e
      where trait in (select trait from trait union all select trait from likely_trait)
      group by account_key, trait, day`,
  );
  await execute(
    tx,
    sql`
      insert into trait
      select u.trait, ${new Date(now)}
      from (
        select trait, account_key, sum(uses) as uses from likely_sighting
        where trait in (select trait from likely_trait) group by trait, account_key
      ) u
      group by u.trait
      having count(*) >= ${orOfText(sql`u.trait`, TEXT_SHARED_BY, SHARED_BY)}
        and sum(u.uses) >= ${orOfText(sql`u.trait`, TEXT_REPEATED, 0)} * count(*)`,
  );
  await execute(
    tx,
    sql`
      insert into account_trait as a (account_key, trait, day, uses, elicited, first_at, last_at)
      select account_key, trait, day, uses, elicited, first_at, last_at from likely_sighting
      where trait in (select trait from trait) order by 1, 2, 3
      on conflict (account_key, trait, day) do update set
        uses = a.uses + excluded.uses,
        elicited = a.elicited + excluded.elicited,
        first_at = least(a.first_at, excluded.first_at),
        last_at = greatest(a.last_at, excluded.last_at)`,
  );
}
