import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { AccountKey } from '../campaigns/hit.ts';
import { HOUR_MS } from '../time-units.ts';
import { type Database, many, Quantity, Timestamp } from './query.ts';

const DayRow = z.object({
  day: z.string(),
  exchanges: Quantity,
  accounts: Quantity,
  first_at: Timestamp,
  last_at: Timestamp,
});
/** What a set of accounts did on one UTC day. */
export type DayFigures = z.output<typeof DayRow>;

/** Per day since `from`, oldest first. */
export function readDays(db: Database, accounts: readonly AccountKey[], from: number): Promise<DayFigures[]> {
  return many(
    db,
    DayRow,
    sql`
      select day, sum(exchanges)::bigint as exchanges, count(*) as accounts, min(first_at) as first_at,
        max(last_at) as last_at
      from account_day
      where account_key = any(${accounts}::bigint[]) and day >= ${new Date(from).toISOString().slice(0, 10)}::date
      group by day order by day`,
  );
}

const Bucket = z.object({ at: Timestamp, exchanges: Quantity });

/** Exchanges of these accounts per bucket: of whole days from the roll-up, which outlasts the raw rows. */
export function readBuckets(
  db: Database,
  accounts: readonly AccountKey[],
  span: { from: number; to: number; bucketHours: number },
): Promise<z.output<typeof Bucket>[]> {
  const bucket = (column: Sql) =>
    sql`date_bin(make_interval(hours => ${span.bucketHours}), ${column}, ${new Date(span.from)})`;
  const within = (column: Sql) => sql`
    account_key = any(${accounts}::bigint[]) and ${column} >= ${new Date(span.from)} and ${column} < ${new Date(span.to)}`;
  const midnight = sql`(day::timestamp at time zone 'UTC')`;
  return many(
    db,
    Bucket,
    span.bucketHours % 24 === 0
      ? sql`
          select ${bucket(midnight)} as at, sum(exchanges)::bigint as exchanges from account_day
          where ${within(midnight)} group by 1 order by 1`
      : sql`
          select ${bucket(sql`occurred_at`)} as at, count(*) as exchanges from exchange
          where ${within(sql`occurred_at`)} group by 1 order by 1`,
  );
}

/** Everybody's exchanges per bucket, from the hourly roll-up. */
export function readTraffic(
  db: Database,
  span: { from: number; to: number; bucketHours: number },
): Promise<z.output<typeof Bucket>[]> {
  return many(
    db,
    Bucket,
    sql`
      select date_bin(make_interval(hours => ${span.bucketHours}), hour, ${new Date(span.from)}) as at,
        sum(exchanges)::bigint as exchanges
      from traffic_hour
      where hour >= ${new Date(span.from)} and hour < ${new Date(span.to)}
      group by 1 order by 1`,
  );
}

const CapabilityRow = z.object({ capability: z.number().int(), campaign: Quantity, everyone: Quantity });
export type CapabilityFigures = z.output<typeof CapabilityRow>;

/** What the accounts and everyone used the models for in the last `hours`, unknown left out. */
export function readCapabilities(
  db: Database,
  accounts: readonly AccountKey[],
  { end, hours }: { end: number; hours: number },
): Promise<CapabilityFigures[]> {
  const from = new Date(end - hours * HOUR_MS);
  return many(
    db,
    CapabilityRow,
    sql`
      with campaign as (
        select capability, count(*) as exchanges from exchange
        where account_key = any(${accounts}::bigint[]) and occurred_at >= ${from} and occurred_at <= ${new Date(end)}
        group by capability
      ), everyone as (
        select capability, sum(exchanges)::bigint as exchanges from traffic_hour
        where hour >= ${from} and hour <= ${new Date(end)}
        group by capability
      )
      select e.capability, coalesce(c.exchanges, 0) as campaign, e.exchanges as everyone
      from everyone e left join campaign c on c.capability = e.capability
      where e.capability <> 0
      order by e.capability`,
  );
}

/** How many accounts were active on the days of a window. */
export async function countActiveAccounts(db: Database, from: number, to: number): Promise<number> {
  const rows = await many(
    db,
    z.object({ accounts: Quantity }),
    sql`
      select count(distinct account_key) as accounts from account_day
      where day between ${new Date(from).toISOString().slice(0, 10)}::date
        and ${new Date(to).toISOString().slice(0, 10)}::date`,
  );
  return rows[0]?.accounts ?? 0;
}

/** Everybody's exchanges of the hours that begin after `from`, up to `to`. */
export async function countExchanges(db: Database, from: number, to: number): Promise<number> {
  const rows = await many(
    db,
    z.object({ exchanges: Quantity }),
    sql`
      select coalesce(sum(exchanges), 0) as exchanges from traffic_hour
      where hour > ${new Date(from)} and hour <= ${new Date(to)}`,
  );
  return rows[0]?.exchanges ?? 0;
}
