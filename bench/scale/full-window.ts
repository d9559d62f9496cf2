import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { execute, one, Quantity, Timestamp } from '../../src/db/query.ts';
import { areIn, rollUpAccountDays } from '../../src/db/roll-up.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { askDetection } from '../../src/detections/run-detection.ts';
import { sumTraits } from './sum-traits.ts';

const NO_LIMIT_MS = 0;

/**
 * What a cycle costs that keeps no roll-ups: the same sums over all raw rows, into tables that hide the kept ones, and
 * the same detections over them. Seconds. In a transaction that is to be rolled back or ended after.
 */
export async function fullWindow(tx: pg.PoolClient, end: number) {
  const all = await one(
    tx,
    z.object({ exchanges: Quantity, batches: z.array(z.number()), earliest_at: Timestamp, latest_at: Timestamp }),
    sql`
      select count(*) as exchanges, array_agg(distinct batch_id order by batch_id) as batches,
        min(occurred_at) as earliest_at, max(occurred_at) as latest_at
      from exchange`,
  );
  // Temporary tables come first wherever a name is looked up.
  for (const table of ['account_day', 'account_trait', 'trait', 'template_sum']) {
    const name = raw(table);
    await execute(tx, sql`create temporary table ${name} (like public.${name} including all) on commit drop`);
  }
  await execute(tx, sql`create temporary view sighting as select * from account_trait`);
  await execute(tx, sql`set local statement_timeout = 0`);
  const start = performance.now();
  await rollUpAccountDays(tx, all);
  await sumTraits(tx, areIn(all), end);
  const summed = performance.now();
  for (const detection of DETECTIONS) await askDetection(tx, detection, { end }, { timeoutMs: NO_LIMIT_MS });
  const done = performance.now();
  return { exchanges: all.exchanges, rollUps: (summed - start) / 1_000, detections: (done - summed) / 1_000 };
}
