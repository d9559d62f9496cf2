import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity } from './window.ts';

/** Accounts whose use leaves no gap long enough for a night. */
export const noNight = defineDetection({
  id: 'no-night',
  family: 'timing',
  role: 'supports',
  title: 'Accounts at work around the clock',
  params: z.object({
    windowDays: z.number().int().min(1).default(3).describe('hours of these days are laid over one another'),
    minExchanges: z.number().int().positive().default(24).describe('with fewer, a short gap is chance'),
    maxGapHours: z.number().int().min(1).max(23).default(4).describe('the longest run of hours without an exchange'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    -- The day's 24 bits twice over, so that a gap across midnight stays one run of zeros.
    clock as (
      select account_key, (hours::bigint | (hours::bigint << 24))::bit(48)::text as bits, exchanges from activity
    ),
    awake as (
      select account_key from clock
      where exchanges >= ${p.minExchanges} and position(${'0'.repeat(p.maxGapHours + 1)} in bits) = 0
    )
    select array_agg(account_key order by account_key) as accounts
    from awake having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'no-night',
    accounts: row.accounts,
    weight: 0,
    evidence: { maxGapHours: p.maxGapHours, windowDays: p.windowDays },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts left no gap above ${hits[0]?.evidence['maxGapHours']} hours in ${hits[0]?.evidence['windowDays']} days`,
  looksFor:
    'Use without a night. Six hours are missing by chance with p ≈ 0.002 after a day at 26 exchanges, 3e-6 after two.',
  benignCauses: ['cron jobs', 'aggregators and products with users in all time zones', 'continuous integration'],
  knownGaps: ['campaigns that keep office hours', 'accounts below one exchange an hour'],
  runbook: 'Round-the-clock use alone is a server, not a theft: look at what the other families say.',
});
