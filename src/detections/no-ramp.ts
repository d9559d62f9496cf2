import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';
import { defineDetection } from './detection.ts';
import { daysOf } from './window.ts';

/** Accounts that began lately and have worked at their full rate ever since, from the first whole day on. */
export const noRamp = defineDetection({
  id: 'no-ramp',
  family: 'behaviour',
  role: 'supports',
  title: 'Accounts at full rate from their first day',
  params: z.object({
    windowDays: z
      .number()
      .int()
      .min(4)
      .default(7)
      .describe('accounts that began in it are looked at: longer waits longer'),
    minDays: z.number().int().min(2).default(2).describe('whole days since: with more, surer and later'),
    minPerDay: z.number().positive().default(10).describe('mean exchanges a day: fewer are anybody’s first days'),
    minFirst: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('the first whole day to the mean: lower takes in people who try things out'),
    minWorst: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('the quietest day to the mean: lower takes in hackathons and days off'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with used as (
      select account_key, day, exchanges, min(day) over (partition by account_key) as first_day,
        min(day) over () as window_start, max(day) over () as window_end
      from account_day
      where ${daysOf(sql`day`, { end: window.end - DAY_MS }, p.windowDays)}
    ),
    -- Who was there on the first day of the window may have begun long before.
    begun as (
      select account_key from used where first_day > window_start and day > first_day
      group by account_key
      having count(*) >= ${p.minDays} and count(*) = max(window_end) - min(first_day)
        and avg(exchanges) >= ${p.minPerDay}::float
        and max(exchanges) filter (where day = first_day + 1) >= ${p.minFirst}::float * avg(exchanges)
        and min(exchanges) >= ${p.minWorst}::float * avg(exchanges)
    )
    select array_agg(account_key order by account_key) as accounts
    from begun having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'no-ramp',
    accounts: row.accounts,
    weight: 0,
    evidence: { windowDays: p.windowDays },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts began within ${hits[0]?.evidence['windowDays']} days and were at their full rate from the first`,
  looksFor:
    'Accounts that start to work, new or long dormant, reach their rate on the first whole day and keep it without a day off. People try a service out, get used to it, and have quiet days.',
  benignCauses: [
    'a product that is switched over from another provider',
    'a hackathon or a launch: hard use from the first hour, for two days',
    'a cron job set up this week',
  ],
  knownGaps: [
    'accounts that are warmed up, or began before the window',
    'campaigns that rest some accounts for a day',
    'campaigns in their first three days',
  ],
  runbook: 'Compare the day on which the accounts began: a pool is switched on together, customers come one by one.',
});
