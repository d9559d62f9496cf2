import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { transaction } from '../../src/db/query.ts';
import { lockPendingBatches, markRolledUp } from '../../src/db/roll-up.ts';
import { promoteThinTraits, rollUpTraits } from '../../src/db/trait-roll-up.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld, loadExchanges } from '../detections/load-world.ts';
import { END, hour, START } from '../detections/world.ts';
import { exchange, lively, rollAll, TRAITS, TRAITS_ANEW } from './rolling.ts';

const HOUR = 3_600_000;
let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(pool));

const roll = (now = END) => rollAll(pool, now);
const rowsOf = async (query: string): Promise<unknown[]> => (await pool.query(query)).rows;

describe('thin traits', () => {
  const shared = (id: string, account_id: string, at: number) =>
    exchange(id, at, { account_id, tls_ja4: 'rare', prompt: null });
  const sightings = () => rowsOf('select uses from account_trait where (trait >> 60) & 15 = 8 order by uses');

  it('are found again where accounts never met in one roll-up', async () => {
    await loadExchanges(pool, [shared('a', 'acct_1', hour(1, 1)), shared('b', 'acct_1', hour(1, 2))]);
    await roll();
    await loadExchanges(pool, [shared('a', 'acct_2', hour(1, 2))]);
    await roll();
    expect(await sightings()).toEqual([]);
    await loadExchanges(pool, [shared('a', 'acct_3', hour(1, 9)), exchange('later', hour(1, 10))]);
    expect(await roll()).toMatchObject({ pieces: 1, thinTraits: 1 });
    expect(await sightings()).toEqual([{ uses: 1 }, { uses: 1 }, { uses: 2 }]);
  });

  it('with the sightings that came after the window was closed', async () => {
    await loadExchanges(pool, [shared('a', 'acct_1', hour(1, 1)), shared('a', 'acct_3', hour(1, 1))]);
    await roll();
    const last = hour(1, 9);
    // The newest two are within the allowed lateness, and rolled up while the trait was not known yet.
    await loadExchanges(pool, [shared('a', 'acct_2', last - HOUR), shared('b', 'acct_2', last - 60_000)]);
    await loadExchanges(pool, [shared('c', 'acct_2', last)]);
    await roll();
    expect(await sightings()).toEqual([{ uses: 1 }, { uses: 1 }, { uses: 3 }]);
  });

  it('that came in late, for hours that were searched already', async () => {
    await loadExchanges(pool, [shared('a', 'acct_1', hour(1, 1)), exchange('b', hour(1, 7))]);
    await roll(END - 2);
    await loadExchanges(pool, [shared('a', 'acct_2', hour(1, 2))]);
    await roll(END - 1);
    expect(await sightings()).toEqual([]);
    await loadExchanges(pool, [exchange('c', hour(1, 14))]);
    expect(await roll()).toMatchObject({ thinTraits: 1 });
    expect(await sightings()).toEqual([{ uses: 1 }, { uses: 1 }]);
  });

  it('keep every sighting from then on', async () => {
    await loadExchanges(
      pool,
      ['acct_1', 'acct_2', 'acct_3'].map((account) => shared('a', account, hour(1, 1))),
    );
    await roll();
    for (const id of ['b', 'c']) {
      await loadExchanges(pool, [shared(id, 'acct_1', hour(1, 2))]);
      await roll();
    }
    expect(await sightings()).toEqual([{ uses: 1 }, { uses: 1 }, { uses: 3 }]);
  });

  it('of text are kept where enough accounts repeat them, and not where strangers say the same once', async () => {
    const said = (prompt: string, times: number) =>
      Array.from({ length: 5 * times }, (_, index) =>
        exchange(`${prompt} ${index}`, hour(1, index % times), { account_id: `acct_${index % 5}`, prompt }),
      );
    await loadExchanges(pool, [...said('please grade this answer', 2), ...said('what is the weather', 1)]);
    await roll();
    const { rows } = await pool.query(
      'select count(distinct trait)::int as marks, sum(uses)::int / count(*)::int as uses from account_trait where (trait >> 60) & 15 in (1, 2)',
    );
    expect(rows).toEqual([{ marks: 2, uses: 2 }]);
  });

  it('are the same where there are too many exchanges to hold at once', async () => {
    const rolledThin = async (mostHeld: number) => {
      await clearWorld(pool);
      // Piece by piece, so that most of what is shared meets in none.
      for (const line of lively('many', 60)) {
        await loadExchanges(pool, [line]);
        await transaction(pool, async (tx) => {
          const piece = await lockPendingBatches(tx, 'traits', 1);
          if (piece === undefined) throw new Error('nothing is pending');
          await rollUpTraits(tx, piece, END);
          await markRolledUp(tx, 'traits', piece, END);
        });
      }
      expect(await rowsOf('select from trait')).toEqual([]);
      const found = await transaction(pool, (tx) => promoteThinTraits(tx, START, END, mostHeld));
      return { found, traits: await rowsOf(TRAITS) };
    };
    const held = await rolledThin(60);
    expect(held.found).toBeGreaterThan(10);
    expect(held.traits).toEqual(await rowsOf(TRAITS_ANEW));
    expect(await rolledThin(59)).toEqual(held);
  });
});

describe('a piece of work', () => {
  it('is no larger than can be held, and at least a batch', async () => {
    await loadExchanges(pool, lively('pieces', 100), { batchLines: 10 });
    const sizeOf = (batches: number, exchanges: number) =>
      transaction(pool, async (tx) => (await lockPendingBatches(tx, 'traits', batches, exchanges))?.batches.length);
    expect(await sizeOf(50, 1)).toBe(1);
    expect(await sizeOf(50, 30)).toBe(3);
    expect(await sizeOf(50, 31)).toBe(4);
    expect(await sizeOf(2, 31)).toBe(2);
    expect(await sizeOf(50, 1_000)).toBe(10);
  });

  it('keeps on what an earlier one found shared', async () => {
    await loadExchanges(pool, lively('on', 300));
    await roll();
    const before = (await rowsOf('select trait from trait')).length;
    await loadExchanges(pool, [exchange('late', hour(1, 3), { account_id: 'acct_new', user_agent: 'a/1' })]);
    await roll();
    expect(await rowsOf('select from trait')).toHaveLength(before);
    expect(await rowsOf(TRAITS)).toEqual(await rowsOf(TRAITS_ANEW));
  });
});
