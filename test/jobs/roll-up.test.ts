import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { transaction } from '../../src/db/query.ts';
import { lockPendingBatches, markRolledUp, rollUpAccountDays, rollUpTraffic } from '../../src/db/roll-up.ts';
import { advanceWatermark, readWatermark } from '../../src/db/watermark.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld, loadExchanges } from '../detections/load-world.ts';
import { END, hour, START } from '../detections/world.ts';
import { exchange, LATENESS, lively, rollAll, TRAITS, TRAITS_ANEW } from './rolling.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(pool));

const roll = (now = END) => rollAll(pool, now);

const DAYS = `
  select account_key, day, exchanges, refused, input_tokens, output_tokens, hours, elicited, first_at, last_at
  from account_day order by 1, 2`;
const DAYS_ANEW = `
  select account_key, (occurred_at at time zone 'UTC')::date as day, count(*)::int as exchanges,
    count(*) filter (where outcome = 1)::int as refused, sum(input_tokens) as input_tokens,
    sum(output_tokens) as output_tokens,
    bit_or(1 << extract(hour from occurred_at at time zone 'UTC')::int) as hours,
    count(*) filter (where marks & 1 <> 0)::int as elicited, min(occurred_at) as first_at, max(occurred_at) as last_at
  from exchange group by 1, 2 order by 1, 2`;
const TRAFFIC = 'select hour, model_id, capability, exchanges from traffic_hour order by 1, 2, 3';
const TRAFFIC_ANEW = `
  select date_trunc('hour', occurred_at) as hour, model_id, capability, count(*)::int as exchanges
  from exchange group by 1, 2, 3 order by 1, 2, 3`;
const rowsOf = async (query: string): Promise<unknown[]> => (await pool.query(query)).rows;

/** What the roll-ups hold, and what they should: days and traffic whenever asked, traits after a single piece. */
const rolledUp = () => Promise.all([DAYS, TRAFFIC].map(rowsOf));
const recounted = () => Promise.all([DAYS_ANEW, TRAFFIC_ANEW].map(rowsOf));
const withTraits = () => Promise.all([DAYS, TRAFFIC, TRAITS].map(rowsOf));
const recountedWithTraits = () => Promise.all([DAYS_ANEW, TRAFFIC_ANEW, TRAITS_ANEW].map(rowsOf));

describe('exactly once', () => {
  it.each(['one', 'two', 'three'])('equals a recount from the raw rows (%s)', async (seed) => {
    await loadExchanges(pool, lively(seed, 400), { batchLines: 37 });
    expect(await roll()).toMatchObject({ pieces: 1 });
    expect(await withTraits()).toEqual(await recountedWithTraits());
    expect(await rowsOf(TRAITS)).not.toEqual([]);
  });

  it('finds nothing more to do the second time', async () => {
    await loadExchanges(pool, lively('again', 300));
    await roll();
    const before = await withTraits();
    expect(await roll()).toMatchObject({ pieces: 0, thinTraits: 0 });
    expect(await withTraits()).toEqual(before);
  });

  it('takes up batches as they come, late ones and those that go back in time', async () => {
    const lines = lively('late', 600);
    for (let from = 0; from < lines.length; from += 100) {
      await loadExchanges(pool, lines.slice(from, from + 100));
      await roll();
    }
    expect(await rolledUp()).toEqual(await recounted());
  });

  it('counts repeated lines once', async () => {
    const lines = lively('repeated', 200);
    await loadExchanges(pool, lines);
    await roll();
    await loadExchanges(pool, [...lines, ...lively('others', 50).map((line) => ({ ...line, id: `o${line.id}` }))]);
    await roll();
    expect(await rolledUp()).toEqual(await recounted());
  });

  it('holds while several replicas race', async () => {
    await loadExchanges(pool, lively('race', 700), { batchLines: 5 });
    const results = await Promise.all([roll(), roll(), roll()]);
    // 140 batches in pieces of at most fifty, each taken by one of the three.
    expect(results.reduce((sum, result) => sum + result.pieces, 0)).toBeGreaterThanOrEqual(3);
    expect(await rolledUp()).toEqual(await recounted());
    const { rows } = await pool.query('select count(*)::int as left from ingest_batch where rolled_up_at is null');
    expect(rows).toEqual([{ left: 0 }]);
  });

  it('leaves nothing of a piece that broke off, and does it anew', async () => {
    await loadExchanges(pool, lively('broken', 200));
    const piece = transaction(pool, async (tx) => {
      const pending = await lockPendingBatches(tx, 'counts', 50);
      if (pending === undefined) throw new Error('nothing is pending');
      await rollUpAccountDays(tx, pending);
      await rollUpTraffic(tx, pending);
      await markRolledUp(tx, 'counts', pending, END);
      throw new Error('the machine stopped here');
    });
    await expect(piece).rejects.toThrow('the machine stopped here');
    expect(await rowsOf(DAYS)).toEqual([]);
    expect(await rowsOf(TRAFFIC)).toEqual([]);
    expect(await roll()).toMatchObject({ pieces: 1 });
    expect(await withTraits()).toEqual(await recountedWithTraits());
  });

  it('leaves nothing of traits that the database refused half-way, and closes no window over them', async () => {
    await loadExchanges(pool, lively('refused', 200));
    // Sightings are written last: by then the traits are.
    await pool.query('alter table account_trait add constraint broken check (uses < 0)');
    await expect(roll()).rejects.toThrow('broken');
    expect(await rowsOf('select from trait')).toEqual([]);
    expect(await readWatermark(pool, 'traits')).toBeUndefined();
    await pool.query('alter table account_trait drop constraint broken');
    await roll();
    expect(await withTraits()).toEqual(await recountedWithTraits());
  });

  it('splits days at midnight UTC, and sets a bit for each hour', async () => {
    await loadExchanges(pool, [
      exchange('a', hour(0, 23) + 59 * 60_000),
      exchange('b', hour(1, 0)),
      exchange('c', hour(1, 5)),
    ]);
    await roll();
    expect(await rowsOf('select day, exchanges, hours from account_day order by day')).toEqual([
      { day: '2026-03-10', exchanges: 1, hours: 1 << 23 },
      { day: '2026-03-11', exchanges: 2, hours: 1 | (1 << 5) },
    ]);
  });
});

describe('the watermark', () => {
  it('follows the newest exchange, less the allowed lateness', async () => {
    await loadExchanges(pool, [exchange('a', hour(1, 5)), exchange('b', hour(1, 3))]);
    expect(await roll()).toMatchObject({ watermark: hour(1, 5) - LATENESS });
  });

  it('never moves back', async () => {
    await loadExchanges(pool, [exchange('a', hour(1, 5))]);
    await roll();
    await loadExchanges(pool, [exchange('b', hour(0, 5))]);
    expect(await roll()).toMatchObject({ pieces: 1, watermark: hour(1, 5) - LATENESS });
    await advanceWatermark(pool, 'events', 0);
    expect(await readWatermark(pool, 'events')).toBe(hour(1, 5) - LATENESS);
  });

  it('does not pass the clock, however far ahead an account’s is', async () => {
    await loadExchanges(pool, [exchange('a', hour(1, 5)), exchange('b', hour(2, 4))]);
    expect(await roll(hour(1, 6))).toMatchObject({ watermark: hour(1, 6) - LATENESS });
  });

  it('is none before anything was ingested, and stays where lines were quarantined alone', async () => {
    expect(await roll()).toEqual({ pieces: 0, thinTraits: 0, watermark: null });
    await loadExchanges(pool, [{ ...exchange('a', START), model: '' }]);
    expect(await roll()).toMatchObject({ watermark: null });
    expect(await rowsOf('select reason from quarantine')).toHaveLength(1);
  });
});
