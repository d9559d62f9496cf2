import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key, Quantity } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity, daysOf } from './window.ts';

/** Accounts that bear what another lab saw in a campaign of theirs. */
export const sharedIndicator = defineDetection({
  id: 'shared-indicator',
  family: 'identity',
  role: 'supports',
  title: 'Accounts with another lab’s indicators',
  params: z.object({
    windowDays: z.number().int().positive().default(7).describe('accounts must have been active in it'),
    minIndicators: z
      .number()
      .int()
      .positive()
      .default(1)
      .describe('of one source an account: more is surer, and later'),
  }),
  row: z.object({ source: z.string(), accounts: z.array(Key), indicators: Quantity }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    told as (
      select source, trait from indicator where removed_at is null and expires_at > ${new Date(window.end)}
    ),
    bearer as (
      select i.source, i.trait, t.account_key from told i join sighting t on t.trait = i.trait
      where ${daysOf(sql`t.day`, window, p.windowDays)}
      union
      select i.source, i.trait, a.account_key
      from activity a cross join lateral unnest(a.traits) as t(trait) join told i on i.trait = t.trait
    ),
    marked as (
      select source, account_key from bearer group by source, account_key having count(*) >= ${p.minIndicators}
    )
    select m.source, array_agg(m.account_key order by m.account_key) as accounts,
      (select count(distinct b.trait) from bearer b where b.source = m.source) as indicators
    from marked m group by m.source`,
  hit: (row) => ({
    trait: row.source,
    accounts: row.accounts,
    weight: 0,
    evidence: { indicators: row.indicators },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts bear what ${hits.map((hit) => hit.trait).join(' and ')} saw in campaigns of their own`,
  looksFor: 'Traits that another lab shared under a common key, and that have not expired.',
  benignCauses: [
    'a trait that many people bear, which the other lab held to be rare',
    'a card or network that was given up',
  ],
  knownGaps: [
    'labs without a common key: their hashes cannot be compared',
    'indicators that came from here: a campaign would speak for itself',
  ],
  runbook: 'Ask the source what it saw, and when: its word is no evidence of ours.',
});
