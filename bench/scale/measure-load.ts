import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { countActiveAccounts } from '../../src/db/campaign-figures.ts';
import { one, Quantity } from '../../src/db/query.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { detect } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { DAY_MS, HOUR_MS } from '../../src/time-units.ts';
import { BENCH_KEY } from './start-bot.ts';
import { worldLines } from './world-lines.ts';

const LATENESS_MS = 600_000;
/** Hours that are loaded at once, before the looks. */
const STEP_HOURS = 6;
/** Looks, an hour apart, of which the median counts. */
const LOOKS = 5;

/** What a world of a size costs; times by the clock, without those of making its lines. */
export interface Load {
  scale: number;
  exchangesADay: number;
  activeAccounts: number;
  /** Of a day's traffic. */
  ingestSeconds: number;
  traitSeconds: number;
  /** One look, its hour's traits included. */
  lookSeconds: number;
  megabytesADay: number;
}

/** Loads some days of the letter, and looks at the last hours one by one. */
export async function measureLoad(pool: pg.Pool, { scale, days }: { scale: number; days: number }): Promise<Load> {
  const world = worldLines({ scale, days, seed: 'scaling', text: 'own' });
  const options = { pool, secret: BENCH_KEY, clock: Date.now, adapter: native };
  await ingestFiles({ ...options, accounts: world.accounts, releases: world.releases });
  const spent = { ingest: 0, traits: 0 };
  const load = async (until: number) => {
    const start = performance.now() - world.seconds() * 1_000;
    await ingestFiles({ ...options, exchanges: world.until(until) });
    await rollUp({ pool, now: until, allowedLatenessMs: LATENESS_MS });
    spent.ingest += performance.now() - world.seconds() * 1_000 - start;
  };

  const looksFrom = world.endAt - LOOKS * HOUR_MS;
  for (let until = world.startAt + STEP_HOURS * HOUR_MS; until < looksFrom; until += STEP_HOURS * HOUR_MS) {
    await load(until);
    const start = performance.now();
    await rollUpTraits(pool, until);
    spent.traits += performance.now() - start;
  }
  const loaded = world.made();
  const seconds = { ingest: spent.ingest / 1_000, traits: spent.traits / 1_000 };
  await load(looksFrom);
  await detect({ pool, detections: DETECTIONS, now: looksFrom, log: silentLog });
  const looks: number[] = [];
  for (let back = LOOKS - 1; back >= 0; back -= 1) {
    const now = world.endAt - back * HOUR_MS;
    await load(now);
    const start = performance.now();
    await detect({ pool, detections: DETECTIONS, now, log: silentLog });
    looks.push((performance.now() - start) / 1_000);
  }
  const exchangesADay = world.made() / days;
  const { bytes } = await one(
    pool,
    z.object({ bytes: Quantity }),
    sql`
      select sum(pg_total_relation_size(inhrelid)) as bytes from pg_inherits
      where inhparent = any(array['exchange', 'account_trait']::regclass[])`,
  );
  return {
    scale,
    exchangesADay,
    activeAccounts: await countActiveAccounts(pool, world.endAt - 2 * DAY_MS, world.endAt),
    ingestSeconds: (seconds.ingest * exchangesADay) / loaded,
    traitSeconds: (seconds.traits * exchangesADay) / loaded,
    lookSeconds: looks.toSorted((a, b) => a - b)[Math.floor(LOOKS / 2)] ?? 0,
    megabytesADay: bytes / 1e6 / days,
  };
}
