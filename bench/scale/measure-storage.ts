import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { one, Quantity } from '../../src/db/query.ts';
import { retain } from '../../src/jobs/retention.ts';
import { silentLog } from '../../src/log.ts';
import { DAY_MS } from '../../src/time-units.ts';
import type { Figure } from './figure.ts';

/** Bytes an exchange, with indexes: while raw rows and sightings are kept, and after they are dropped. Drops them. */
export async function measureStorage(pool: pg.Pool, now: number): Promise<Figure[]> {
  const { exchanges } = await one(
    pool,
    z.object({ exchanges: Quantity }),
    sql`select count(*) as exchanges from exchange`,
  );
  const before = await sizes(pool);
  await retain({ pool, now, retention: { raw: 14 * DAY_MS, traits: 30 * DAY_MS }, log: silentLog });
  const kept = await sizes(pool);
  // Long after: what has outlived its raw rows and sightings.
  await retain({ pool, now: now + 60 * DAY_MS, retention: { raw: 14 * DAY_MS, traits: 30 * DAY_MS }, log: silentLog });
  const raw = (before.exchange + before.account_trait + before.rest) / exchanges;
  const rest = before.rest / exchanges;
  return [
    {
      measure: 'bytes an exchange while its raw row and its sightings are kept',
      value: raw,
      toReach: '≤ 250',
      holds: raw <= 250,
      note: `raw ${(before.exchange / exchanges).toFixed(0)}, sightings ${(before.account_trait / exchanges).toFixed(0)}, the rest ${rest.toFixed(1)}`,
    },
    {
      measure: 'bytes an exchange once both are dropped',
      value: rest,
      toReach: '≤ 80',
      holds: rest <= 80,
      note: `of ${(total(before) / 1e6).toFixed(0)} MB the retention leaves ${(total(kept) / 1e6).toFixed(0)} MB (14 days raw, 30 days of sightings)`,
    },
  ];
}

const total = (size: Record<string, number>): number => Object.values(size).reduce((sum, each) => sum + each, 0);

function sizes(pool: pg.Pool) {
  return one(
    pool,
    z.object({ exchange: Quantity, account_trait: Quantity, rest: Quantity }),
    sql`
      with part as (
        select i.inhparent::regclass::text as parent, pg_total_relation_size(i.inhrelid) as bytes from pg_inherits i
        join pg_class c on c.oid = i.inhrelid where c.relkind = 'r'
      )
      select coalesce(sum(bytes) filter (where parent = 'exchange'), 0) as exchange,
        coalesce(sum(bytes) filter (where parent = 'account_trait'), 0) as account_trait,
        (select sum(pg_total_relation_size(oid)) from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace and not relispartition) as rest
      from part`,
  );
}
