import sql from 'sql-template-tag';
import { dateArray, integerArray, keyArray, timeArray } from '../binary-array.ts';
import { type Database, execute } from '../query.ts';
import type { Sightings } from './count-sightings.ts';
import type { TraitUses } from './trait-uses.ts';

/** Adds sightings to those that are kept; where `isChosen` is given, those of the traits that it chooses. */
export async function writeSightings(
  tx: Database,
  { accounts, traits }: TraitUses,
  seen: Sightings,
  isChosen: (trait: number) => boolean = () => true,
): Promise<void> {
  const places = [...seen.trait.keys()].filter((place) => isChosen(seen.trait[place] ?? 0));
  if (places.length === 0) return;
  const of = (column: readonly number[]) => (at: number) => column[places[at] ?? 0] ?? 0;
  const count = places.length;
  await execute(
    tx,
    sql`
      insert into account_trait as a (account_key, trait, day, uses, elicited, first_at, last_at)
      select * from unnest(
        ${keyArray(accounts, count, of(seen.account))}::bigint[], ${keyArray(traits, count, of(seen.trait))}::bigint[],
        ${dateArray(count, of(seen.day))}::date[],
        ${integerArray(count, of(seen.uses))}::int[], ${integerArray(count, of(seen.elicited))}::int[],
        ${timeArray(count, of(seen.firstAt))}::timestamptz[], ${timeArray(count, of(seen.lastAt))}::timestamptz[]
      ) s order by 1, 2, 3
      on conflict (account_key, trait, day) do update set
        uses = a.uses + excluded.uses,
        elicited = a.elicited + excluded.elicited,
        first_at = least(a.first_at, excluded.first_at),
        last_at = greatest(a.last_at, excluded.last_at)`,
  );
}
