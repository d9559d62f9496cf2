import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { MARKS } from '../campaigns/marks.ts';
import { keyArray } from './binary-array.ts';
import { type Database, execute, one, Quantity } from './query.ts';
import { areIn, lockPendingBatches, type Pending } from './roll-up.ts';
import { forgetTemplateSums } from './template-sum.ts';
import { countSightings } from './traits/count-sightings.ts';
import { type ExchangeTraits, onlyTraits, readExchangeTraits } from './traits/exchange-traits.ts';
import { createKeyTable, halvesOf, type Keys } from './traits/key-table.ts';
import { keepFrom, readAllKept, readKept } from './traits/kept-traits.ts';
import { createTraitSketch } from './traits/trait-sketch.ts';
import { sortTraitUses } from './traits/trait-uses.ts';
import { writeSightings } from './traits/write-sightings.ts';

/** Bits of `exchange.marks` of which one elicits. */
export const ELICITING = MARKS.elicits_reasoning | MARKS.grades | MARKS.generates_data | MARKS.probes_bypass;

/**
 * Keeps the sightings of shared traits. A trait is shared once enough accounts show it in the same piece of work;
 * those that are shared more thinly are found by `promoteThinTraits`.
 */
export async function rollUpTraits(tx: pg.PoolClient, pending: Pending, now: number): Promise<void> {
  const exchanges: ExchangeTraits[] = [];
  await readExchangeTraits(tx, areIn(pending), (some) => exchanges.push(some));
  const uses = sortTraitUses(exchanges);
  const isKept = await readKept(tx, uses.traits);
  const { seen, fresh } = countSightings(uses, (trait) => isKept[trait] === 1, ELICITING);
  await keepFrom(tx, uses.traits, fresh, now);
  await writeSightings(tx, uses, seen);
  await forgetTemplateSums(tx, pending.earliest_at, pending.latest_at);
}

/** Exchanges whose traits can be held, some 500 bytes each. */
const MOST_HELD = 500_000;

/**
 * Finds traits that several accounts share too thinly to meet in one roll-up: reads the raw rows from a time on again, and
 * keeps every sighting of the traits that it finds. Where they are too many to hold they are read twice: first to leave out
 * what is surely not shared. Returns how many traits were new.
 */
export async function promoteThinTraits(
  tx: pg.PoolClient,
  from: number,
  now: number,
  mostHeld = MOST_HELD,
): Promise<number> {
  const kept = await readAllKept(tx);
  const isNew = (high: number, low: number) => kept.find(high, low) < 0;
  const count = await countSince(tx, from);
  const sketch = count > mostHeld ? createTraitSketch(count, isNew) : undefined;
  if (sketch !== undefined) await readExchangeTraits(tx, rolledUpSince(from), sketch.add);
  const mayBeShared = sketch?.mayBeWorthKeeping ?? isNew;
  const exchanges: ExchangeTraits[] = [];
  await readExchangeTraits(tx, rolledUpSince(from), (some) => exchanges.push(onlyTraits(some, mayBeShared)));
  const uses = sortTraitUses(exchanges);
  const { seen, fresh } = countSightings(uses, () => false, ELICITING);
  const found = await keepFrom(tx, uses.traits, fresh, now);
  if (found.size === 0) return 0;
  await writeSightings(tx, uses, seen, (trait) => found.has(trait));
  await forgetTemplateSums(tx, from, now);
  return found.size;
}

/** Keeps every sighting of these traits from a time on, however few show them. Returns how many were not kept before. */
export async function keepTraits(
  tx: pg.PoolClient,
  traits: readonly string[],
  from: number,
  now: number,
): Promise<number> {
  // Behind a roll-up that is under way: what it takes in now, it does not know to keep.
  await lockPendingBatches(tx, 'traits', MOST_BATCHES);
  const told = createKeyTable();
  for (const trait of traits) told.put(...halvesOf(BigInt(trait)));
  const fresh = await keepFrom(tx, told, [...Array(told.size()).keys()], now);
  if (fresh.size === 0) return 0;
  const isFresh = (high: number, low: number) => fresh.has(told.find(high, low));
  const exchanges: ExchangeTraits[] = [];
  await readExchangeTraits(tx, rolledUpSince(from), (some) => exchanges.push(onlyTraits(some, isFresh)));
  const uses = sortTraitUses(exchanges);
  await writeSightings(tx, uses, countSightings(uses, () => true, ELICITING).seen);
  await keepPacked(tx, told, [...fresh], from);
  await forgetTemplateSums(tx, from, now);
  return fresh.size;
}

/** The same of days that are packed: what nobody shared then lies apart there. */
async function keepPacked(tx: Database, told: Keys, places: readonly number[], from: number): Promise<void> {
  const traits = keyArray(told, places.length, (at) => places[at] ?? 0);
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
        where day >= ${new Date(from)}::date and traits && ${traits}::bigint[]
      ) p
      where trait = any(${traits}::bigint[])
      order by 1, 2, 3
      on conflict do nothing`,
  );
}

const MOST_BATCHES = 1_000_000;

/** Exchanges from a time on whose traits are rolled up already. */
const rolledUpSince = (from: number): Sql => sql`
  e.occurred_at >= ${new Date(from)} and e.batch_id in (
    select batch_id from ingest_batch where traits_rolled_up_at is not null)`;

/** About how many those are. */
async function countSince(tx: Database, from: number): Promise<number> {
  const { count } = await one(
    tx,
    z.object({ count: Quantity }),
    sql`
      select coalesce(sum(accepted), 0) as count from ingest_batch
      where traits_rolled_up_at is not null and latest_at >= ${new Date(from)}`,
  );
  return count;
}
