import { beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { readTextless } from '../../src/db/exchange.ts';
import { createTestDatabase } from '../database.ts';
import { type Life, END, people, queue, START, type World } from '../detections/world.ts';
import { DAY } from '../../src/simulation/rhythm.ts';
import { live, look, peopledWorld } from './campaign-world.ts';

let pool: pg.Pool;

beforeEach(async () => {
  const database = await createTestDatabase();
  pool = database.pool;
  return () => database.drop();
});

const OPERATORS = [3320, 3215, 7018, 4134, 9829, 12_322];

/** Four accounts a card, in homes around the world, that draw long answers; `text` where the gateway tells what was asked. */
const small = (world: World, index: number, text: boolean): Life => ({
  account: {
    payment_fingerprint: `virtual card ${Math.floor(index / 4)}`,
    payment_kind: 'virtual_card',
    created_at: new Date(START - 2 * DAY - index * 60_000).toISOString(),
  },
  rhythm: queue(26),
  exchange: (count, random) => ({
    client_asn: OPERATORS[count % OPERATORS.length],
    client_address: `198.${(index * 7 + count) % 200}.${count % 250}.9`,
    input_tokens: 150,
    output_tokens: 2_000,
    prompt: text ? world.words(20, random) : null,
  }),
});

async function keysOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    'select account_key::text as key from account where account_id = any($1) order by account_id',
    [ids],
  );
  return rows.map(({ key }) => key);
}

describe('a gateway that gives no text', () => {
  it('is watched by cards of few accounts, put together for being alike', async () => {
    const world = peopledWorld('textless', 200);
    const guilty = world.pool(40, (index) => small(world, index, false));
    await live(pool, world);
    await look(pool);
    const [campaign, ...others] = await readCampaignRecords(pool);
    expect(others).toEqual([]);
    expect(campaign?.account_ids.toSorted()).toEqual(guilty.toSorted());
    expect(campaign?.families).toEqual(expect.arrayContaining(['payment', 'network', 'behaviour']));
  });

  it('is one where no exchange of the account had text, in the time that is asked for', async () => {
    const world = peopledWorld('who has text', 5);
    const without = world.pool(3, (index) => small(world, index, false));
    const withText = world.pool(3, (index) => small(world, index, true));
    // One prompt in three days.
    const once = world.add({
      rhythm: people(8, 0),
      exchange: (count) => (count === 0 ? {} : { prompt: null }),
    });
    await live(pool, world);
    const all = await keysOf([...without, ...withText, once]);
    expect(await readTextless(pool, all, START, END)).toEqual(new Set(await keysOf(without)));
    expect(await readTextless(pool, all, END - DAY, END)).toEqual(new Set(await keysOf([...without, once])));
    expect(await readTextless(pool, [], START, END)).toEqual(new Set());
    expect(await readTextless(pool, all, END, END + DAY)).toEqual(new Set());
  });
});
