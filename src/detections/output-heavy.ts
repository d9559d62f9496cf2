import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity } from './window.ts';

/** Accounts that draw far more text out of the model than they put in: what a training set is made of. */
export const outputHeavy = defineDetection({
  id: 'output-heavy',
  family: 'behaviour',
  role: 'supports',
  title: 'Accounts that mostly draw output',
  params: z.object({
    windowDays: z.number().int().min(1).default(3).describe('longer is steadier, and slower to see a change'),
    minExchanges: z.number().int().positive().default(10).describe('with fewer, the ratio is chance'),
    minRatio: z.number().positive().default(2.5).describe('output to input tokens: lower takes in more writers'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)})
    select array_agg(account_key order by account_key) as accounts
    from activity
    -- No exchange is without input: where none was counted, the gateway does not count it.
    where exchanges >= ${p.minExchanges} and input_tokens > 0 and output_tokens >= ${p.minRatio}::float * input_tokens
    having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'output-heavy',
    accounts: row.accounts,
    weight: 0,
    evidence: { minRatio: p.minRatio },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts draw more than ${hits[0]?.evidence['minRatio']} times as much text out as they put in`,
  looksFor: 'Output far beyond input, as when a model is asked to write out what another shall learn.',
  benignCauses: ['writing applications', 'permitted synthetic data under contract', 'evaluations with long answers'],
  knownGaps: ['agentic campaigns with long contexts', 'gateways that count no tokens'],
  runbook: 'See what the group is after: long reasoning in one capability is a training set.',
});
