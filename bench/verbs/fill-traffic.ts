import type pg from 'pg';
import { TRAIT_KINDS } from '../../src/campaigns/trait.ts';
import type { Size } from './fill-database.ts';

const LONG = { query_timeout: 600_000 };

/** The key of the n-th account: spread over all numbers, as a hash is. */
export const KEY = 'hashint8extended(n, 0)';

/** A trait of a kind in SQL: four bits of kind, sixty of hash. */
export const trait = (kind: keyof typeof TRAIT_KINDS, of: string): string =>
  `((${TRAIT_KINDS[kind]}::bigint << 60) | (hashint8extended((${of})::bigint, ${TRAIT_KINDS[kind]}) & ((1::bigint << 60) - 1)))`;

/**
 * Accounts `acct_1` and on with their days, in the order in which days come; sightings of the last of them, and raw rows
 * of the newest. The first eleventh are the large campaign: templates are theirs together, cards by eight.
 */
export async function fillTraffic(
  pool: pg.Pool,
  { accounts, days, now }: Size,
  { rawDays, sightingDays }: { rawDays: number; sightingDays: number },
): Promise<void> {
  const at = new Date(now);
  const large = Math.round(accounts / 11);
  const client = await pool.connect();
  const run = (text: string, values: unknown[]) => client.query({ text, values, ...LONG } as pg.QueryConfig);
  try {
    await client.query('set statement_timeout = 0');
    await run(
      `insert into account (account_key, account_id, created_at, organization_id, email_domain, email_disposable,
         payment_kind, plan, program, verification, country, status, status_at, traits, updated_at)
       select ${KEY}, 'acct_' || n, $2::timestamptz - (n % 400) * interval '1 day',
         case when n % 3 = 0 then 'org_' || n / 9 end, 'mail' || n % 5000 || '.example', false, 'card', 'pro',
         case when n % 50 = 0 then 'research' else 'none' end, 'email', 'DE', 'active', $2,
         array[${trait('payment', 'n / 8')}, ${trait('email_domain', 'n % 5000')}], $2
       from generate_series(1, $1::int) as n`,
      [accounts, at],
    );
    // Its indexes are made anew at the end: a third of the time.
    await run('alter table account_day drop constraint account_day_pkey', []);
    await run('drop index account_day_by_day', []);
    await run(
      `insert into account_day (account_key, day, exchanges, refused, input_tokens, output_tokens, reasoning_tokens,
         hours, elicited, graded, replayed, probed, first_at, last_at)
       select ${KEY}, d::date, 5 + n % 40, 1, 1000, 9000, 100, case when n <= $3 then 16777215 else 65280 end,
         n % 7, 1, 0, 0, d, d + interval '20 hours'
       from generate_series(date_trunc('day', $2::timestamptz) - ($4::int - 1) * interval '1 day', $2, interval '1 day') as d,
         generate_series(1, $1::int) as n`,
      [accounts, at, large, days],
    );
    await run('alter table account_day add primary key (account_key, day)', []);
    await run('create index account_day_by_day on account_day (day)', []);
    await run(
      `insert into account_trait (account_key, trait, day, uses, elicited, first_at, last_at)
       select ${KEY}, t, d::date, 6, 3, d, d + interval '20 hours'
       from generate_series(date_trunc('day', $2::timestamptz) - ($4::int - 1) * interval '1 day', $2, interval '1 day') as d,
         generate_series(1, $1::int) as n,
         lateral (
           select ${trait('network', 'n / 5')} union all select ${trait('tls_client', 'n % 40')}
           union all select ${trait('prompt_head', 'k')} from generate_series(1, case when n <= $3 then 8 else 0 end) as k
         ) as s(t)`,
      [accounts, at, large, sightingDays],
    );
    await run(`insert into trait select distinct trait, $1::timestamptz from account_trait`, [at]);
    await run(`insert into model (name, released_at) select 'model-' || n, $1 from generate_series(1, 4) as n`, [at]);
    await run(
      `insert into exchange (account_key, occurred_at, exchange_key, batch_id, input_tokens, output_tokens, model_id,
         capability, traits)
       select ${KEY}, $2::timestamptz - k * ($3::int * interval '1 day' / 20), k, 1, 50, 400, 1 + n % 4, n % 6,
         array[${trait('network', 'n / 5')}, ${trait('tls_client', 'n % 40')}, ${trait('prompt_head', 'k % 8')}]
       from generate_series(1, $1::int) as n, generate_series(0, 19) as k`,
      [large, at, rawDays],
    );
    await run(
      `insert into traffic_hour (hour, model_id, capability, exchanges)
       select h, m, c, 4000
       from generate_series(date_trunc('hour', $1::timestamptz) - $2::int * interval '1 day', $1, interval '1 hour') as h,
         generate_series(1, 4) as m, generate_series(0, 5) as c`,
      [at, days],
    );
  } finally {
    await client.query('reset statement_timeout');
    client.release();
  }
}
