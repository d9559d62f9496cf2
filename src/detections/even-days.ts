import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';
import { defineDetection } from './detection.ts';
import { daysOf } from './window.ts';

/** Accounts that do about the same amount of work every day: what a quota or a job queue gives, and people do not. */
export const evenDays = defineDetection({
  id: 'even-days',
  family: 'timing',
  role: 'supports',
  title: 'Accounts with the same amount every day',
  params: z.object({
    windowDays: z
      .number()
      .int()
      .min(3)
      .default(7)
      .describe('whole days before the present one: longer is surer, later'),
    minDays: z.number().int().min(3).default(3).describe('whole days in use: with fewer, evenness is chance'),
    minPerDay: z
      .number()
      .positive()
      .default(10)
      .describe('mean exchanges a day: with fewer, everybody is within chance'),
    maxDispersion: z
      .number()
      .positive()
      .default(2)
      .describe('variance of the days to their mean: 1 is chance, 0 a quota; higher takes in steady people'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with used as (
      select account_key, day, exchanges, min(day) over (partition by account_key) as first_day from account_day
      where ${daysOf(sql`day`, { end: window.end - DAY_MS }, p.windowDays)}
    ),
    -- An account's first day is cut off where it began, as the present one is where the window ends.
    even as (
      select account_key from used where day > first_day
      group by account_key
      having count(*) >= ${p.minDays} and avg(exchanges) >= ${p.minPerDay}::float
        and var_samp(exchanges) <= ${p.maxDispersion}::float * avg(exchanges)
    )
    select array_agg(account_key order by account_key) as accounts
    from even having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'even-days',
    accounts: row.accounts,
    weight: 0,
    evidence: { maxDispersion: p.maxDispersion, windowDays: p.windowDays },
  }),
  explain: (_hits, covered, of) =>
    `${covered} of ${of} accounts do as good as the same amount of work on every day, as a quota or a queue deals it`,
  looksFor:
    'Whole days whose exchanges differ by no more than chance lets a steady queue differ, or by less: a daily quota. People have good days and bad ones: on the simulated worlds their days vary ten times as much.',
  benignCauses: ['cron jobs', 'monitoring and nightly builds', 'permitted data generation under contract'],
  knownGaps: [
    'campaigns in their first four days',
    'queues that imitate weekends or good and bad days',
    'accounts below ten exchanges a day',
  ],
  runbook: 'Look at what else the accounts share: even days alone are a machine, and most machines are honest.',
});
