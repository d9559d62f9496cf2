import type pg from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { dayOf } from '../../src/db/day-partition.ts';
import { forgetTemplateSums, keepTemplateSums, templateSums } from '../../src/db/template-sum.ts';
import { keepTraits } from '../../src/db/trait-roll-up.ts';
import { transaction } from '../../src/db/query.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { DAY_MS, HOUR_MS } from '../../src/time-units.ts';
import { createTestDatabase } from '../database.ts';
import { loadExchanges } from '../detections/load-world.ts';
import { END, START } from '../detections/world.ts';
import { dealtAccount, live, peopledWorld } from '../jobs/campaign-world.ts';
import { untilOneWaits } from '../waiting-sessions.ts';

const TODAY = Math.floor((END - 1) / DAY_MS) * DAY_MS;
const OVER = [TODAY - DAY_MS, TODAY - 2 * DAY_MS];
const DAYS = [TODAY, ...OVER].map(dayOf);
const world = peopledWorld('template sums', 40);
world.pool(16, (index) => dealtAccount(world, index));

let pool: pg.Pool;
beforeEach(async () => {
  const database = await createTestDatabase();
  ({ pool } = database);
  await live(pool, world);
  return () => database.drop();
});

async function sums(db: Pick<pg.Pool, 'query'> = pool): Promise<string[]> {
  const { rows } = await db.query<object>(templateSums(DAYS));
  return rows.map((row) => JSON.stringify(Object.values(row))).toSorted();
}

/** What they are where none is kept. */
const unkept = () =>
  transaction(pool, async (tx) => {
    await tx.query('delete from template_sum');
    const found = await sums(tx);
    await tx.query('rollback; begin');
    return found;
  });

const held = async () => {
  const { rows } = await pool.query<{ day: string }>('select day::text from template_sum order by day desc');
  return rows.map(({ day }) => day);
};

it('are kept of the days that are over, and say what the sightings do', async () => {
  expect(await held()).toEqual(OVER.map(dayOf));
  expect((await sums()).length).toBeGreaterThan(10);
  expect(await sums()).toEqual(await unkept());
  await pool.query('update template_sum set accounts = uses');
  expect(await sums()).not.toEqual(await unkept());
});

it('take in what comes late to a day that was summed up', async () => {
  const before = await sums();
  const isLate = ({ occurred_at, prompt }: ExchangeLine) =>
    Date.parse(occurred_at) < START + DAY_MS && prompt?.startsWith('Solve the task');
  const late = world.exchanges.filter(isLate).map((line) => ({ ...line, id: `late ${line.id}` }));
  await loadExchanges(pool, late);
  await rollUp({ pool, now: END, allowedLatenessMs: 0 });
  expect(await held()).not.toContain(dayOf(START));
  await rollUpTraits(pool, END);
  expect(await held()).toEqual(OVER.map(dayOf));
  expect(await sums()).toEqual(await unkept());
  expect(await sums()).not.toEqual(before);
});

it('take in a trait that is kept from now on', async () => {
  const { rows } = await pool.query<{ trait: string }>(
    `select distinct t.trait::text from exchange e, unnest(e.traits) as t(trait)
     where (t.trait >> 60) & 15 = 1 and not exists (select from trait k where k.trait = t.trait) limit 3`,
  );
  expect(rows).toHaveLength(3);
  const traits = rows.map(({ trait }) => trait);
  await transaction(pool, (tx) => keepTraits(tx, traits, START, END));
  expect(await held()).toEqual([]);
  await keepTemplateSums(pool, OVER, END);
  expect(await sums()).toEqual(await unkept());
});

it('wait for who is changing the day, and see what it did', async () => {
  await pool.query('delete from template_sum');
  const client = await pool.connect();
  try {
    await client.query('begin');
    await forgetTemplateSums(client, START, END);
    await client.query('update account_trait set uses = uses + 1');
    const kept = keepTemplateSums(pool, OVER, END);
    await untilOneWaits(pool);
    await client.query('commit');
    await kept;
  } finally {
    client.release();
  }
  expect(await held()).toEqual(OVER.map(dayOf));
  expect(await sums()).toEqual(await unkept());
});

it('are forgotten when no detection asks for their day any more', async () => {
  const later = TODAY + 5 * DAY_MS;
  await keepTemplateSums(pool, [later - DAY_MS, later - 2 * DAY_MS], later + HOUR_MS);
  const { rows } = await pool.query<{ day: string }>(
    'select day::text from template_sum where traits <> array[]::bigint[]',
  );
  expect(rows).toEqual([]);
  expect(await held()).toEqual([later - DAY_MS, later - 2 * DAY_MS].map(dayOf));
});
