import sql from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { sharedCardParams } from './shared-cards.ts';
import { activity } from './window.ts';

/** Payment instruments that several accounts without a common owner pay with. */
export const sharedPayment = defineDetection({
  id: 'shared-payment',
  family: 'payment',
  role: 'ties',
  title: 'Accounts sharing a payment instrument',
  params: z.object({
    windowDays: z.number().int().positive().default(7).describe('accounts must have been active in it'),
    ...sharedCardParams,
  }),
  row: z.object({ trait: Key, accounts: z.array(Key), owners: Quantity }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    instrument as (
      select t.trait, array_agg(a.account_key order by a.account_key) as accounts, count(distinct a.owner) as owners
      from activity a cross join lateral unnest(a.traits) as t(trait)
      where ${isOfKind(sql`t.trait`, ['payment'])}
      group by t.trait
      having count(distinct a.owner) between ${p.minOwners} and ${p.maxAccounts}
    )
    select trait, accounts, owners
    from instrument`,
  hit: (row) => ({
    trait: row.trait,
    accounts: row.accounts,
    weight: Math.log(row.owners),
    evidence: { owners: row.owners },
  }),
  explain: (hits, covered, of) => {
    const alike = Math.max(...hits.map((hit) => Number(hit.evidence['alike'] ?? 0)));
    const instruments = hits.length === 1 ? 'instrument pays' : 'instruments pay';
    const told = `${hits.length} payment ${instruments} for ${covered} of ${of} accounts without a common owner`;
    return alike > 0 ? `${told}, whose accounts are alike from one instrument to the next` : told;
  },
  looksFor: 'One instrument behind three or more active accounts that belong to no common organisation.',
  benignCauses: ['a company card: one organisation', 'a family plan: two or three accounts with a human rhythm'],
  knownGaps: ['one virtual card per account', 'processors that give a new fingerprint to each virtual card'],
  runbook: 'Ask billing whether the instrument’s holder is one company: if so, add the organisation to the accounts.',
});
