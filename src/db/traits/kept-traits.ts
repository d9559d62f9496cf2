import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { keyArray } from '../binary-array.ts';
import { copyOutRows } from '../copy-out.ts';
import { type Database, Key, many, Numbers, one } from '../query.ts';
import { createKeyTable, halvesOf, type Keys, type KeyTable } from './key-table.ts';

/** A row of one column: their count, its length, itself. */
const ROW_BYTES = 14;
const TRAIT_AT = 6;

/** Which of some traits are kept, by their places. Takes as long as there are traits asked for. */
export async function readKept(tx: Database, traits: Keys): Promise<Uint8Array> {
  const asked = keyArray(traits, traits.size(), (place) => place);
  const { places } = await one(
    tx,
    z.object({ places: Numbers }),
    sql`
      select coalesce(array_agg(t.place), '{}')::text as places
      from unnest(${asked}::bigint[]) with ordinality as t(trait, place)
      where t.trait in (select trait from trait)`,
  );
  const isKept = new Uint8Array(traits.size());
  for (const place of places) isKept[place - 1] = 1;
  return isKept;
}

/** All traits that are kept: for who asks of more than there are. */
export async function readAllKept(client: pg.PoolClient): Promise<KeyTable> {
  const kept = createKeyTable();
  await copyOutRows(client, 'select trait from trait', (rows) => {
    let at = 0;
    for (; at + ROW_BYTES <= rows.byteLength; at += ROW_BYTES) {
      kept.put(rows.getInt32(at + TRAIT_AT), rows.getInt32(at + TRAIT_AT + 4));
    }
    return at;
  });
  return kept;
}

/** Keeps those at the given places from now on. Returns which of them nobody kept before. */
export async function keepFrom(
  tx: Database,
  traits: Keys,
  places: readonly number[],
  now: number,
): Promise<Set<number>> {
  if (places.length === 0) return new Set();
  const placeAt = (at: number) => places[at] ?? 0;
  const chosen = keyArray(traits, places.length, placeAt);
  const rows = await many(
    tx,
    z.object({ trait: Key }),
    sql`
      insert into trait select t.trait, ${new Date(now)} from unnest(${chosen}::bigint[]) as t(trait)
      order by t.trait
      on conflict do nothing
      returning trait`,
  );
  const asked = createKeyTable(places.length);
  for (const place of places) asked.put(traits.high(place), traits.low(place));
  return new Set(rows.map(({ trait }) => placeAt(asked.find(...halvesOf(BigInt(trait))))));
}
