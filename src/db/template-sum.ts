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
      where not exists (select 1 from summed_day where day = ${day}::date)`,
  );
  return sql`
      select t.trait, t.accounts, t.uses, t.elicited, t.exchanges
      from template_sum t join summed_day s on s.day = t.day where t.day = any(${days}::date[])
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
    sql`select day::text as day from summed_day where day = any(${wanted}::date[])`,
  );
  for (const day of wanted.filter((each) => !held.some((one) => one.day === each))) await sumDay(pool, day, now);
  const oldest = wanted.toSorted()[0] ?? dayOf(now);
  if (held.length < wanted.length) {
    await execute(pool, sql`delete from summed_day where day < ${oldest}::date`);
    await execute(pool, sql`delete from template_sum where day < ${oldest}::date`);
  }
}

function sumDay(pool: pg.Pool, day: string, now: number): Promise<void> {
  return transaction(pool, async (tx) => {
    // Whoever changes a day takes its row away first, and so waits for this, or this for them.
    await execute(tx, sql`lock table summed_day in share row exclusive mode`);
    await execute(tx, sql`delete from summed_day where day = ${day}::date`);
    await execute(tx, sql`delete from template_sum where day = ${day}::date`);
    await execute(
      tx,
      sql`
        insert into template_sum (day, trait, accounts, uses, elicited, exchanges)
        select ${day}::date, trait, accounts, uses, elicited, exchanges from (${sumsOf(day)}) s order by trait`,
    );
    await execute(tx, sql`insert into summed_day (day, summed_at) values (${day}::date, ${new Date(now)})`);
  });
}

/** The sums of the days between two times hold no more: what they sum up is changed by this transaction. */
export async function forgetTemplateSums(tx: Database, from: number, to: number): Promise<void> {
  await execute(tx, sql`delete from summed_day where day between ${dayOf(from)}::date and ${dayOf(to)}::date`);
}
