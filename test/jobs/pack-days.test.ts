import type pg from 'pg';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { createCampaign } from '../../src/db/campaign.ts';
import { dayOf } from '../../src/db/day-partition.ts';
import { importIndicators } from '../../src/db/indicator.ts';
import { liftHold, placeHold } from '../../src/db/legal-hold.ts';
import { listUnpackedDays, packDay } from '../../src/db/pack-day.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { gatherHits } from '../../src/jobs/gather-hits.ts';
import { packDays } from '../../src/jobs/pack-days.ts';
import { retain } from '../../src/jobs/retention.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { DAY_MS } from '../../src/time-units.ts';
import { DRAFT } from '../campaign-fixture.ts';
import { createTestDatabase } from '../database.ts';
import { loadExchanges } from '../detections/load-world.ts';
import { END, START } from '../detections/world.ts';
import { dealtAccount, live, peopledWorld } from './campaign-world.ts';

let pool: pg.Pool;
beforeEach(async () => {
  const database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const anyway = () => Promise.resolve(true);
const rowsOf = async (statement: string) => (await pool.query<Record<string, unknown>>(statement)).rows;
const SIGHTINGS = 'select * from sighting order by day, account_key, trait';
const run = (now: number) => packDays({ pool, now, log: silentLog, lockTimeoutMs: 100 });
const unpacked = async (before: number) => (await listUnpackedDays(pool, before)).map((day) => dayOf(day).slice(5));

/** Three days of people and of a campaign. */
async function liveThreeDays(): Promise<void> {
  const world = peopledWorld('packed days', 60);
  world.pool(24, (index) => ({ ...dealtAccount(world, index) }));
  await live(pool, world);
}

/** An exchange of each of some accounts at a time; what they share is their client. */
const exchangesAt = (at: string, accounts: readonly number[]) =>
  accounts.map((n) => ({
    id: `${at} ${n}`,
    occurred_at: at,
    account_id: `acct_${n}`,
    model: 'halcyon-4',
    user_agent: 'curl/8.9',
    tls_ja4: `t13d1516h2_8daaf615277${n}_b0da82dd1658`,
  }));

async function load(at: string, accounts: readonly number[], now: number): Promise<void> {
  await loadExchanges(pool, exchangesAt(at, accounts), { now });
  await rollUp({ pool, now, allowedLatenessMs: 0 });
  await rollUpTraits(pool, now);
}

// On Citus nothing is packed.
describe.skipIf(inject('isCitus'))('a packed day', () => {
  it('shows every sighting as before, and the detections find the same', async () => {
    await liveThreeDays();
    const look = async () =>
      (await gatherHits(pool, DETECTIONS, { end: END }, { timeoutMs: 30_000, log: silentLog })).hits;
    const [sightings, hits] = [await rowsOf(SIGHTINGS), await look()];
    expect(hits.map(({ detection }) => detection)).toEqual(
      expect.arrayContaining(['shared-template', 'shared-payment', 'carded-template', 'no-night']),
    );
    for (const day of [START, START + DAY_MS, START + 2 * DAY_MS])
      expect(await packDay(pool, day, anyway)).toBe('packed');
    expect(await rowsOf('select * from account_trait')).toEqual([]);
    expect(await rowsOf(SIGHTINGS)).toEqual(sightings);
    expect(await look()).toEqual(hits);
  });

  it('knows an exchange that is sent again, and counts one that comes late once', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    await packDay(pool, START, anyway);
    await load('2026-03-10T11:00:00Z', [1, 2, 3, 4], START + 5 * DAY_MS);
    expect(await rowsOf('select count(*)::int as exchanges from exchange')).toEqual([{ exchanges: 4 }]);
    expect(await rowsOf('select sum(exchanges)::int as exchanges from account_day')).toEqual([{ exchanges: 4 }]);
    expect(await rowsOf('select count(*)::int as n, sum(uses)::int as uses from sighting')).toEqual([
      { n: 4, uses: 4 },
    ]);
    expect(await rowsOf('select count(*)::int as n from account_trait')).toEqual([{ n: 1 }]);
  });

  it('still tells whom an indicator fits that nobody shared when it was packed', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    const [lone] = await rowsOf(
      `select trait from exchange, unnest(traits) as trait where trait not in (select trait from trait) limit 1`,
    );
    await packDay(pool, START, anyway);
    const indicator = { trait: BigInt(String(lone?.['trait'])), note: '', expiresAt: END + DAY_MS };
    const told = () => importIndicators(pool, 'another lab', [indicator], { actor: 'U0MARA', now: START + 2 * DAY_MS });
    await told();
    expect(
      await rowsOf(`select uses, elicited, first_at, last_at from sighting where trait = ${indicator.trait}`),
    ).toEqual([
      {
        uses: 1,
        elicited: 0,
        first_at: new Date('2026-03-10T11:00:00Z'),
        last_at: new Date('2026-03-10T11:00:00Z'),
      },
    ]);
    await told();
    expect(await rowsOf(`select uses from sighting where trait = ${indicator.trait}`)).toEqual([{ uses: 1 }]);
  });

  it('goes with its sightings', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    await packDay(pool, START, anyway);
    await load('2026-06-10T11:00:00Z', [1, 2, 3], START + 93 * DAY_MS);
    const retention = { raw: 14 * DAY_MS, traits: 30 * DAY_MS };
    const { dropped } = await retain({ pool, now: START + 93 * DAY_MS, retention, log: silentLog });
    expect(dropped).toEqual(['exchange 2026-03-10', 'account_trait 2026-03-10']);
    expect(await rowsOf('select * from account_trait_pack')).toEqual([]);
    expect(await rowsOf(`select to_regclass('account_trait_pack_20260310') as part`)).toEqual([{ part: null }]);
  });
});

describe.skipIf(inject('isCitus'))('packing', () => {
  it('takes the days that are over and read for the last time, each once', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    await load('2026-03-11T11:00:00Z', [1, 2, 3], START + 2 * DAY_MS);
    expect(await run(START + 2 * DAY_MS)).toEqual({ packed: [], waiting: [] });
    await load('2026-03-12T01:00:00Z', [1, 2, 3], START + 3 * DAY_MS);
    expect(await run(START + 3 * DAY_MS)).toEqual({ packed: ['2026-03-10'], waiting: [] });
    expect(await run(START + 3 * DAY_MS)).toEqual({ packed: [], waiting: [] });
    expect(await unpacked(START + 4 * DAY_MS)).toEqual(['03-11', '03-12']);
    await load('2026-03-20T01:00:00Z', [1, 2, 3], START + 11 * DAY_MS);
    expect(await run(START + 11 * DAY_MS)).toEqual({ packed: ['2026-03-11', '2026-03-12'], waiting: [] });
  });

  it('leaves a day alone that something is not rolled up of, or that is held as evidence', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    await load('2026-03-13T11:00:00Z', [1, 2, 3], START + 4 * DAY_MS);
    const now = START + 4 * DAY_MS;
    await loadExchanges(pool, exchangesAt('2026-03-10T12:00:00Z', [4, 5]), { now });
    expect(await run(now)).toEqual({ packed: [], waiting: [] });
    await load('2026-03-13T12:00:00Z', [1], now);

    await createCampaign(pool, { ...DRAFT, firstExchangeAt: START + 3_600_000 }, now);
    const by = { actor: 'U0MARA', now, reason: 'the lawyers ask' };
    await placeHold(pool, 1, by);
    expect(await run(now)).toEqual({ packed: [], waiting: [] });
    await liftHold(pool, 1, by);
    expect(await run(now)).toEqual({ packed: ['2026-03-10'], waiting: [] });
  });

  it.each([
    [
      'an exchange came',
      `insert into exchange (account_key, occurred_at, exchange_key, batch_id, model_id)
      select 7, '2026-03-10T12:00:00Z', 7, batch_id, model_id from exchange limit 1`,
    ],
    [
      'a sighting grew',
      `update account_trait set uses = uses + 1 where account_key = (select min(account_key) from account_trait)`,
    ],
  ])('leaves all as it was where %s meanwhile, and takes the day the next time', async (_what, change) => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    const before = await rowsOf('select * from exchange order by exchange_key');
    const meanwhile = async (tx: pg.PoolClient) => (await tx.query(change)).rowCount === 1;
    expect(await packDay(pool, START, meanwhile)).toBe('busy');
    expect(await rowsOf('select * from exchange order by exchange_key')).toEqual(before);
    expect(await packDay(pool, START, () => Promise.resolve(false))).toBe('kept');
    expect(await packDay(pool, START, anyway)).toBe('packed');
    expect(await packDay(pool, START, anyway)).toBe('gone');
  });

  it('gives up soon where somebody reads the day, and holds up nobody', async () => {
    await load('2026-03-10T11:00:00Z', [1, 2, 3], START + DAY_MS);
    await load('2026-03-13T11:00:00Z', [1, 2, 3], START + 4 * DAY_MS);
    const reader = await pool.connect();
    try {
      await reader.query('begin');
      await reader.query('select from exchange limit 1');
      expect(await run(START + 4 * DAY_MS)).toEqual({ packed: [], waiting: ['2026-03-10'] });
    } finally {
      await reader.query('rollback');
      reader.release();
    }
    expect(await run(START + 4 * DAY_MS)).toEqual({ packed: ['2026-03-10'], waiting: [] });
  });
});
