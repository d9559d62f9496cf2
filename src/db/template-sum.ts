import type pg from 'pg';
import sql, { join, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { CONTENT_KINDS } from '../campaigns/trait.ts';
import { dayOf } from './day-partition.ts';
import { isOfKind } from './is-of-kind.ts';
import { type Database, execute, many, transaction } from './query.ts';

/**
 * What each template came to on some UTC days (`2026-03-10`), a row for each day that it was used on: how many accounts used it, `uses`
 * and how many of them elicit, and all of these accounts' `exchanges`. Kept sums where they hold, else from sightings.
 */
export function templateSums(days: readonly string[]): Sql {
  // Each day by itself, so that the sightings of one whose sums hold are not even looked at. `select 1`: Citus reads
  // such an answer back by its columns, and fails where it has none.
  const live = days.map(
    (day) => sql`
      select trait, accounts, uses, elicited, exchanges from (${sumsOf(day)}) s
      where not exists (select 1 from template_sum where day = ${day}::date)`,
  );
  return sql`
      select unnest(traits) as trait, unnest(accounts) as accounts, unnest(uses) as uses, unnest(elicited) as elicited,
        unnest(exchanges) as exchanges
      from template_sum where day = any(${days}::date[])
      union all ${join(live, ' union all ')}`;
}

/** The sums of one day, from its sightings. */
const sumsOf = (day: string): Sql => sql`
  select t.trait, count(*)::int as accounts, sum(t.uses)::bigint as uses, sum(t.elicited)::bigint as elicited,
    sum(d.exchanges)::bigint as exchanges
  from sighting t join account_day d on d.account_key = t.account_key and d.day = ${day}::date
  where t.day = ${day}::date and ${isOfKind(sql`t.trait`, CONTENT_KINDS)}
  group by t.trait`;

/** Sums up the days that start at these times, each that is over and does not hold yet; forgets those of earlier days. */
export async function keepTemplateSums(pool: pg.Pool, starts: readonly number[], now: number): Promise<void> {
  const wanted = starts.map(dayOf);
  const held = await many(
    pool,
    z.object({ day: z.string() }),
    sql`select day::text as day from template_sum where day = any(${wanted}::date[])`,
  );
  const missing = wanted.filter((each) => !held.some(({ day }) => day === each));
  for (const day of missing) await sumDay(pool, day, now);
  const oldest = wanted.toSorted()[0];
  if (missing.length > 0) await execute(pool, sql`delete from template_sum where day < ${oldest}::date`);
}

function sumDay(pool: pg.Pool, day: string, now: number): Promise<void> {
  return transaction(pool, async (tx) => {
    // Whoever changes a day takes its row away first, and so waits for this, or this for them.
    await execute(tx, sql`lock table template_sum in share row exclusive mode`);
    await execute(
      tx,
      sql`
        insert into template_sum (day, traits, accounts, uses, elicited, exchanges, summed_at)
        select ${day}::date, coalesce(array_agg(trait), '{}'), coalesce(array_agg(accounts), '{}'),
          coalesce(array_agg(uses), '{}'), coalesce(array_agg(elicited), '{}'), coalesce(array_agg(exchanges), '{}'), ${new Date(now)}::timestamptz
        from (${sumsOf(day)}) s
        on conflict do nothing`,
    );
  });
}

/** The sums of the days between two times hold no more: what they sum up is changed by this transaction. */
export async function forgetTemplateSums(tx: Database, from: number, to: number): Promise<void> {
  await execute(tx, sql`delete from template_sum where day between ${dayOf(from)}::date and ${dayOf(to)}::date`);
}
