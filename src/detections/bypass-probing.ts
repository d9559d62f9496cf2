import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { daysOf } from './window.ts';

/** Accounts that try ways around safeguards: what they ask says so, or the model refuses far more of it. */
export const bypassProbing = defineDetection({
  id: 'bypass-probing',
  family: 'behaviour',
  role: 'supports',
  title: 'Accounts that probe for bypasses',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer finds slower probing'),
    minTries: z.number().int().positive().default(5).describe('probes or refusals of one account: fewer are mishaps'),
    minShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('of its exchanges: lower finds probing beside other work, and people whose topics are refused'),
  }),
  row: z.object({ trait: z.string(), accounts: z.array(Key) }),
  query: (p, window) => sql`
    with tries as (
      select account_key, sum(exchanges)::float as exchanges, sum(refused) as refused, sum(probed) as probed
      from account_day
      where ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key having sum(refused) + sum(probed) > 0
    )
    select c.trait, array_agg(t.account_key order by t.account_key) as accounts
    from tries t cross join lateral (values ('refused', t.refused), ('probing', t.probed)) as c(trait, tries)
    where c.tries >= ${p.minTries} and c.tries >= ${p.minShare}::float * t.exchanges
    group by c.trait`,
  hit: (row) => ({ trait: row.trait, accounts: row.accounts, weight: 0, evidence: {} }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts ${hits.map((hit) => (hit.trait === 'refused' ? 'are refused again and again' : 'ask for what the model hides')).join(' or ')}`,
  looksFor:
    'A group of accounts whose requests are refused, or ask for the model’s hidden reasoning, far more often than everyone else’s: bypasses are compared before a campaign, and when one stops working.',
  benignCauses: [
    'red teams and safety research, with a programme or a contract',
    'a moderation product that sends in what its users write',
    'an application whose topic the model refuses',
  ],
  knownGaps: [
    'gateways that give no outcome, where neither words nor labels tell',
    'probing from accounts that are used for it once',
  ],
  runbook: 'See whether the same requests are tried in several wordings; a red team answers for itself when asked.',
});
