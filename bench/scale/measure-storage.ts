import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { one, Quantity } from '../../src/db/query.ts';
import { packDays } from '../../src/jobs/pack-days.ts';
import { retain } from '../../src/jobs/retention.ts';
import { silentLog } from '../../src/log.ts';
import { DAY_MS } from '../../src/time-units.ts';
import type { Figure } from './figure.ts';

/** Their tables: of days that are not packed, and of those that are. */
const SIGHTINGS = ['account_trait', 'account_trait_pack'];
const RETENTION = { raw: 14 * DAY_MS, traits: 30 * DAY_MS };

/**
 * Bytes an exchange, with indexes: while raw rows and sightings are kept, and after they are dropped. Packs the days that are over
 * and drops the old ones, as the bot's jobs would; in the end all of them.
 */
export async function measureStorage(pool: pg.Pool, now: number): Promise<Figure[]> {
  const { exchanges: all } = await countExchanges(pool);
  const unpacked = await sizes(pool);
  await packDays({ pool, now, log: silentLog });
  const packed = await sizes(pool);
  await retain({ pool, now, retention: RETENTION, log: silentLog });
  const kept = await sizes(pool);
  const { exchanges, first_day: firstDay } = await countExchanges(pool);
  const sightings = await sightingBytes(pool, firstDay);
  // Long after: what has outlived its raw rows and sightings.
  await retain({ pool, now: now + 60 * DAY_MS, retention: RETENTION, log: silentLog });
  const rest = packed.rest / all;
  const raw = kept.exchange / exchanges;
  const value = raw + sightings / exchanges + rest;
  const before = (unpacked.exchange + unpacked.sightings + unpacked.rest) / all;
  return [
    {
      measure: 'bytes an exchange while its raw row is kept, of the last 14 days',
      value,
      toReach: '≤ 250',
      holds: value <= 250,
      note: `raw ${raw.toFixed(0)}, sightings ${(sightings / exchanges).toFixed(0)}, the rest ${rest.toFixed(1)}; ${before.toFixed(0)} before days were packed`,
    },
    {
      measure: 'bytes an exchange once both are dropped',
      value: rest,
      toReach: '≤ 80',
      holds: rest <= 80,
      note: `of ${(total(unpacked) / 1e6).toFixed(0)} MB packing and retention leave ${(total(kept) / 1e6).toFixed(0)} MB (14 days raw, 30 days of sightings)`,
    },
  ];
}

const total = (size: Record<string, number>): number => Object.values(size).reduce((sum, each) => sum + each, 0);

function countExchanges(pool: pg.Pool) {
  return one(
    pool,
    z.object({ exchanges: Quantity, first_day: z.string() }),
    sql`select count(*) as exchanges, to_char(min(occurred_at), 'YYYYMMDD') as first_day from exchange`,
  );
}

/** Of the days from one on. */
async function sightingBytes(pool: pg.Pool, firstDay: string): Promise<number> {
  const { bytes } = await one(
    pool,
    z.object({ bytes: Quantity }),
    sql`
      select coalesce(sum(pg_total_relation_size(inhrelid)), 0) as bytes from pg_inherits
      where inhparent = any(${SIGHTINGS}::regclass[]) and right(inhrelid::regclass::text, 8) >= ${firstDay}
        and inhrelid::regclass::text ~ '_[0-9]{8}$'`,
  );
  return bytes;
}

function sizes(pool: pg.Pool) {
  return one(
    pool,
    z.object({ exchange: Quantity, sightings: Quantity, rest: Quantity }),
    sql`
      with part as (
        select i.inhparent::regclass::text as parent, pg_total_relation_size(i.inhrelid) as bytes from pg_inherits i
        join pg_class c on c.oid = i.inhrelid where c.relkind = 'r'
      )
      select coalesce(sum(bytes) filter (where parent = 'exchange'), 0) as exchange,
        coalesce(sum(bytes) filter (where parent = any(${SIGHTINGS})), 0) as sightings,
        (select sum(pg_total_relation_size(oid)) from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace and not relispartition) as rest
      from part`,
  );
}
