import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';
import { defineDetection } from './detection.ts';
import { daysOf } from './window.ts';

/** Accounts that ask for about as much reasoning or as many grades on every day, under whatever templates. */
export const evenElicitation = defineDetection({
  id: 'even-elicitation',
  family: 'content',
  role: 'supports',
  title: 'Accounts that elicit reasoning in equal amounts',
  params: z.object({
    windowDays: z
      .number()
      .int()
      .min(3)
      .default(7)
      .describe('whole days before the present one: longer is surer, later'),
    minDays: z.number().int().min(3).default(3).describe('whole days in use: with fewer, evenness is chance'),
    minPerDay: z.number().positive().default(6).describe('mean eliciting exchanges a day: fewer are within chance'),
    minShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe('of its exchanges that elicit: lower finds campaigns mixed with other traffic, and more tutors'),
    maxDispersion: z
      .number()
      .positive()
      .default(2)
      .describe('variance of the days to their mean: 1 is chance, 0 a quota; higher takes in applications'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with used as (
      select account_key, day, exchanges, elicited + graded as asked, min(day) over (partition by account_key) as first_day
      from account_day
      where ${daysOf(sql`day`, { end: window.end - DAY_MS }, p.windowDays)}
    ),
    -- An account's first day is cut off where it began, as the present one is where the window ends.
    even as (
      select account_key from used where day > first_day
      group by account_key
      having count(*) >= ${p.minDays} and avg(asked) >= ${p.minPerDay}::float
        and sum(asked) >= ${p.minShare}::float * sum(exchanges)
        and var_samp(asked) <= ${p.maxDispersion}::float * avg(asked)
    )
    select array_agg(account_key order by account_key) as accounts
    from even having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'even-elicitation',
    accounts: row.accounts,
    weight: 0,
    evidence: { maxDispersion: p.maxDispersion, windowDays: p.windowDays },
  }),
  explain: (_hits, covered, of) =>
    `${covered} of ${of} accounts ask for as good as the same amount of written-out reasoning or grades on every day`,
  looksFor:
    'Requests for written-out reasoning or for grades that come in equal amounts day by day, as a queue deals them. It needs no common template, so padding, editing or one wrapper for each account do not hide from it. Asking alone says little: tutors, agent frameworks and evaluations ask too, but as people use them.',
  benignCauses: [
    'permitted data generation under contract',
    'a nightly job or a company’s evaluation on a schedule',
    'a busy application whose every request asks for reasoning',
  ],
  knownGaps: [
    'bare questions, whose reasoning comes unasked',
    'campaigns in their first four days',
    'wrappers in words or languages that the phrases do not hold, where the gateway gives no labels',
    'requests for training data alone, which the daily roll-up does not count',
  ],
  runbook: 'Ask what the work would look like to the account’s owner: a product has users, a student model has none.',
});
