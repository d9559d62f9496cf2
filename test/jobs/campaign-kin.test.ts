import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { saveReleases } from '../../src/db/model.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { createWorld, END, type Life, people, queue, START, type World } from '../detections/world.ts';
import { dealtAccount, live, look, peopledWorld } from './campaign-world.ts';

let database: TestDatabase;
let pool: pg.Pool;

// A database for each test: the audit cannot be emptied.
beforeEach(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const DAY = 86_400_000;
const HOUR = 3_600_000;
const replies = async (): Promise<unknown[]> =>
  (
    await pool.query(`
      select campaign_id, payload->>'reason' as reason, payload->>'note' as note
      from outbox where kind = 'campaign_reply' order by outbox_id`)
  ).rows;
const evidence = async (number: number): Promise<unknown> =>
  (await pool.query('select evidence from campaign where campaign_id = $1', [number])).rows[0]?.evidence;
const loaded = (world: World) => ({ accounts: world.accounts.length, exchanges: world.exchanges.length });

describe('a pivot', () => {
  /** A release eight hours before the end, to which so many of ten of the campaign's exchanges go. */
  async function pivoting(seed: string, ofTen: number): Promise<void> {
    const world = peopledWorld(seed);
    world.pool(24, (index) => dealtAccount(world, index));
    let count = 0;
    for (const exchange of world.exchanges) {
      const isLate = Date.parse(exchange.occurred_at) >= END - 8 * HOUR;
      if (isLate && String(exchange.prompt).startsWith('Solve the task')) {
        count += 1;
        if (count % 10 < ofTen) exchange.model = 'halcyon-5';
      }
    }
    await live(pool, world);
    await saveReleases(pool, [{ model: 'halcyon-5', released_at: END - 8 * HOUR }]);
  }

  it('is told once, with everyone else’s share beside it', async () => {
    await pivoting('pivot', 5);
    await look(pool);
    expect(await evidence(1)).toMatchObject({ pivots: [{ model: 'halcyon-5', others: 0 }] });
    expect(await replies()).toEqual([
      { campaign_id: 1, reason: 'pivot', note: expect.stringContaining('went to halcyon-5 within a day') },
    ]);
    await look(pool, { now: END + HOUR });
    expect(await replies()).toHaveLength(1);
  });

  it('is not a few exchanges to the new model', async () => {
    await pivoting('no pivot', 1);
    await look(pool);
    expect(await evidence(1)).toMatchObject({ pivots: [] });
    expect(await replies()).toEqual([]);
  });
});

describe('a failover', () => {
  const OLD = START - 8 * DAY;
  const during = (life: Life, from: number): Life => ({ ...life, from, days: 3 });

  /** A campaign of last week; its accounts' status then; and a second pool of this week, after a quiet time. */
  async function twoPools(seed: string, { status, wrapper }: { status: string; wrapper?: string }): Promise<void> {
    const world = createWorld(seed);
    const crowd = (from: number) => world.pool(60, (index) => during({ rhythm: people(8, (index % 17) - 8) }, from));
    crowd(OLD);
    const old = world.pool(24, (index) => during(dealtAccount(world, index), OLD));
    await live(pool, world);
    await look(pool, { now: OLD + 3 * DAY });
    await pool.query('update account set status = $1 where account_id = any($2)', [status, old]);
    // The quiet days between, watched as they pass: windows that nobody looked at would be caught up on.
    for (let day = OLD + 3 * DAY; day < START; day += DAY) {
      const before = loaded(world);
      world.pool(60, (index) => ({ rhythm: people(8, (index % 17) - 8), from: day, days: 1 }));
      await live(pool, world, before);
      await look(pool, { now: day + DAY });
    }
    const from = loaded(world);
    crowd(START);
    world.pool(24, (index) =>
      during(dealtAccount(world, index, { name: 'second', ...(wrapper === undefined ? {} : { wrapper }) }), START),
    );
    await live(pool, world, from);
    await look(pool);
  }

  it('is told to the banned campaign, and stands in the new one’s evidence', async () => {
    await twoPools('failover', { status: 'banned' });
    expect(await evidence(2)).toMatchObject({ related: [{ campaign: 'C-1', failover: true }] });
    expect(await replies()).toEqual([
      { campaign_id: 1, reason: 'failover', note: expect.stringContaining('in the accounts of C-2') },
    ]);
  });

  it('is not what merely resembles a campaign that still works', async () => {
    await twoPools('related', { status: 'active' });
    expect(await evidence(2)).toMatchObject({ related: [{ campaign: 'C-1', failover: false }] });
    expect(await replies()).toEqual([]);
  });

  it('is not what shares no mark with it', async () => {
    const wrapper = 'You are given a question and an answer. Grade the answer by the rubric, from 1 to 10. Question:';
    await twoPools('unrelated', { status: 'banned', wrapper });
    expect(await evidence(2)).toMatchObject({ related: [] });
    expect(await replies()).toEqual([]);
  });

  it('is told once of a campaign that goes on in fresh accounts at once', async () => {
    const world = peopledWorld('at once');
    const guilty = world.pool(24, (index) => dealtAccount(world, index));
    await live(pool, world);
    await look(pool);
    await pool.query("update account set status = 'suspended' where account_id = any($1)", [guilty]);
    const from = loaded(world);
    world.pool(9, (index) => ({ ...dealtAccount(world, 100 + index), rhythm: queue(26) }));
    await live(pool, world, from);
    await look(pool, { now: END + HOUR });
    await look(pool, { now: END + 2 * HOUR });
    expect(await replies()).toEqual([
      { campaign_id: 1, reason: 'failover', note: expect.stringContaining('9 fresh accounts') },
    ]);
  });
});
