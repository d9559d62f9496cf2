import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity, daysOf } from './window.ts';

/** Accounts of one group are not independent of one another: more than these add no evidence. */
const INDEPENDENT_ACCOUNTS = 12;
/** Rounds in which accounts of one component agree on its least member: enough for chains of sixteen. */
const ROUNDS = 4;

/** One round: every origin takes the least label of its accounts, every account the least of its origins. */
const spread = (from: Sql): Sql => sql`
  select account_key, trait, min(label) over (partition by account_key) as label from (
    select account_key, trait, min(label) over (partition by trait) as label from ${from} as labelled
  ) by_origin`;

/** Accounts that replay reasoning made in the same foreign conversations: a signature that left its account. */
export const replayedReasoning = defineDetection({
  id: 'replayed-reasoning',
  family: 'content',
  role: 'ties',
  title: 'Accounts replaying the same reasoning signatures',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer finds signatures that are kept for later'),
    minOrigins: z
      .number()
      .int()
      .positive()
      .default(3)
      .describe('conversations an account shares with others: 1 takes in a published transcript'),
    minOwners: z.number().int().min(2).default(3).describe('2 finds pairs, and people with two accounts'),
  }),
  row: z.object({ trait: Key, accounts: z.array(Key), owners: Quantity, others: Quantity, components: Quantity }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    replaying as (
      select account_key from account_day
      where replayed > 0 and ${daysOf(sql`day`, window, p.windowDays)} group by account_key
    ),
    used as (
      select account_key, trait from sighting
      where ${isOfKind(sql`trait`, ['reasoning_origin'])} and ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key, trait
    ),
    shared as (
      select u.account_key, u.trait from used u
      join (select trait from used group by trait having count(*) >= 2) s on s.trait = u.trait
    ),
    labelled as (
      select s.account_key, s.trait, s.account_key as label from shared s
      join (select account_key from shared group by account_key having count(*) >= ${p.minOrigins}) k
        on k.account_key = s.account_key
    ),
    component as (
      select l.label, array_agg(l.account_key order by l.account_key) as accounts, count(distinct a.owner) as owners
      from (
        select distinct account_key, label
        from (${Array.from({ length: ROUNDS }).reduce<Sql>((from) => sql`(${spread(from)})`, sql`labelled`)}) as agreed
      ) l
      join activity a on a.account_key = l.account_key
      group by l.label having count(distinct a.owner) >= ${p.minOwners}
    )
    select label as trait, accounts, owners, (select count(*) from component) as components,
      (select count(*) from replaying) - cardinality(accounts) as others
    from component`,
  hit: (row) => ({
    trait: row.trait,
    accounts: row.accounts,
    // Of the others that replay anything, none shares it: what an honest account's chance to is at most.
    weight:
      Math.min(row.owners, INDEPENDENT_ACCOUNTS) * Math.log(Math.max(0, row.others) + 2) - Math.log(row.components),
    evidence: { owners: row.owners, others: Math.max(0, row.others) },
  }),
  explain: (_hits, covered, of) =>
    `${covered} of ${of} accounts replay reasoning signatures that were made in the same conversations of others`,
  looksFor:
    'Reasoning signatures made in one conversation that turn up in several accounts without a common owner, again and again. A signature is bound to its conversation: honest clients send back their own.',
  benignCauses: [
    'a published transcript that many replay: one conversation, so below the minimum',
    'one product that keeps its users’ conversations and moves them between accounts of its own',
  ],
  knownGaps: [
    'signatures that are each replayed in one other account alone',
    'gateways that do not say where a signature was made',
  ],
  runbook: 'Find the accounts in which the conversations began: they make the reasoning that the others reuse.',
});
