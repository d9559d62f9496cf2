import type pg from 'pg';
import { transaction } from '../../src/db/query.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { detect } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';
import { DAY_MS, HOUR_MS } from '../../src/time-units.ts';
import type { Figure } from './figure.ts';
import { fullWindow } from './full-window.ts';
import { BENCH_KEY } from './start-bot.ts';
import type { WorldLines } from './world-lines.ts';

const LATENESS_MS = 600_000;
/** Of the history at which a cycle is measured first. */
const FEW_DAYS = 5;
/** Cycles, an hour apart, of which the median counts. */
const CYCLES = 9;

/**
 * A detection cycle (traits brought up, all detections, campaigns written) an hour after the last, with few days of
 * history and with all of the world's, and the same detections over the whole history from raw rows. Leaves the
 * database with all of the world.
 */
export async function measureCycle(pool: pg.Pool, world: WorldLines, say: (line: string) => void): Promise<Figure[]> {
  const options = { pool, secret: BENCH_KEY, clock: Date.now, adapter: native };
  await ingestFiles({ ...options, accounts: world.accounts, releases: world.releases });

  /** Loads what came before a time, and brings the counts up to it. */
  const load = async (at: number) => {
    await ingestFiles({ ...options, exchanges: world.until(at) });
    await rollUp({ pool, now: at, allowedLatenessMs: LATENESS_MS });
  };
  /** The median of some cycles that end at a time, in seconds. */
  const cycle = async (end: number): Promise<number> => {
    await load(end - CYCLES * HOUR_MS);
    await detect({ pool, detections: DETECTIONS, now: end - CYCLES * HOUR_MS, log: silentLog });
    // As autovacuum would have by then: so much came at once that it is at it for the first cycles.
    await pool.query('vacuum (analyze)');
    const times: number[] = [];
    for (let back = CYCLES - 1; back >= 0; back -= 1) {
      const now = end - back * HOUR_MS;
      await load(now);
      const start = performance.now();
      await detect({ pool, detections: DETECTIONS, now, log: silentLog });
      times.push((performance.now() - start) / 1_000);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(CYCLES / 2)] ?? 0;
  };

  const few = await cycle(world.startAt + FEW_DAYS * DAY_MS);
  say(`a cycle at ${FEW_DAYS} days of history: ${few.toFixed(2)} s`);
  // Day by day, as the jobs would: traits that are kept depend on when they were looked at.
  const days = Math.round((world.endAt - world.startAt) / DAY_MS);
  for (let day = FEW_DAYS + 1; day < days; day += 1) {
    await load(world.startAt + day * DAY_MS);
    await rollUpTraits(pool, world.startAt + day * DAY_MS);
  }
  const many = await cycle(world.endAt);
  say(`a cycle at ${days} days of history: ${many.toFixed(2)} s`);
  const raw = await transaction(pool, (tx) => fullWindow(tx, world.endAt));
  say(`the same from raw rows: ${raw.rollUps.toFixed(1)} s of roll-ups, ${raw.detections.toFixed(1)} s of detections`);

  const whole = raw.rollUps + raw.detections;
  return [
    { measure: `one detection cycle at ${days} days of history, s`, value: many, toReach: '≤ 10', holds: many <= 10 },
    {
      measure: `the same, × the cycle at ${FEW_DAYS} days`,
      value: many / few,
      toReach: '≤ 1.3',
      holds: many / few <= 1.3,
      note: `${few.toFixed(2)} s`,
    },
    {
      measure: 'the same detections over all raw rows, × the cycle',
      value: whole / many,
      toReach: '≥ 50',
      holds: whole / many >= 50,
      note: `${raw.rollUps.toFixed(1)} s to sum ${raw.exchanges.toLocaleString('en')} rows up, ${raw.detections.toFixed(1)} s to ask`,
    },
  ];
}
