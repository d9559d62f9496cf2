import type pg from 'pg';
import { NOW } from './campaign-fixture.ts';
import { emptyTables } from './empty-tables.ts';

/** Gives a campaign accounts `acct_<first>` and on, of organisations `org_0`, `org_1`, … three by three, with two days of use. */
export async function addMembers(
  pool: pg.Pool,
  campaign: number,
  {
    count,
    first = 1,
    joinedAt = NOW,
    name = (n: number) => `acct_${n}`,
  }: {
    count: number;
    first?: number;
    joinedAt?: number;
    name?: (number: number) => string;
  },
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const at = new Date(NOW);
  await pool.query(
    `insert into account (account_key, account_id, created_at, organization_id, plan, status, updated_at)
     select n, id, $3, 'org_' || ((n - 1) / 3), 'pro', 'active', $3
     from unnest($1::bigint[], $2::text[]) as t(n, id) on conflict do nothing`,
    [numbers, numbers.map(name), at],
  );
  await pool.query(
    `insert into account_day (account_key, day, exchanges, refused, input_tokens, output_tokens, reasoning_tokens, hours,
       elicited, graded, replayed, probed, first_at, last_at)
     select n, d::date, 20, 1, 1000, 9000, 0, 255, 10, 2, 0, 0, d::timestamptz, d::timestamptz + interval '8 hours'
     from unnest($1::bigint[]) as n, unnest(array['2026-04-29', '2026-04-30']) as d on conflict do nothing`,
    [numbers],
  );
  await pool.query(
    `insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
     select $1, n, 12 - n * 0.001, 'member', '{shared-payment,no-night}', $3 from unnest($2::bigint[]) as n`,
    [campaign, numbers, new Date(joinedAt)],
  );
}

/** One finding of the given accounts. */
export async function addHit(pool: pg.Pool, detection: string, trait: string, accounts: number[]): Promise<void> {
  await pool.query(
    `insert into hit (detection_id, trait, found_at, last_found_at, weight, accounts, evidence)
     values ($1, $2, $3, $3, 3.5, $4, '{"owners": 8}') on conflict do nothing`,
    [detection, trait, new Date(NOW), accounts],
  );
}

/** Between tests of one database. */
export async function clearAccounts(pool: pg.Pool): Promise<void> {
  await emptyTables(pool, ['account', 'account_day', 'hit', 'campaign_account'], 'go on');
}
