import sql from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity, daysOf } from './window.ts';

/** Networks from which several accounts come with the very same client program. */
export const sharedNetwork = defineDetection({
  id: 'shared-network',
  family: 'network',
  role: 'ties',
  title: 'Accounts sharing networks and a client',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer sees slower rotation'),
    minAccounts: z.number().int().min(2).default(4).describe('accounts of one client on one network'),
    minNetworks: z
      .number()
      .int()
      .positive()
      .default(2)
      .describe('networks each account shares with others: 1 accuses offices, which have one'),
    maxAccounts: z.number().int().positive().default(2000).describe('larger networks are carriers and clouds'),
  }),
  row: z.object({
    trait: z.string(),
    accounts: z.array(Key),
    networks: Quantity,
  }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    seen as (
      select account_key, trait, sum(uses) as uses from sighting
      where ${isOfKind(sql`trait`, ['network', 'user_agent'])} and ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key, trait
    ),
    client as (
      select distinct on (account_key) account_key, trait from seen
      where ${isOfKind(sql`trait`, ['user_agent'])} order by account_key, uses desc, trait
    ),
    place as (
      select n.trait as network, c.trait as client, array_agg(n.account_key) as accounts
      from seen n join client c on c.account_key = n.account_key join activity a on a.account_key = n.account_key
      where ${isOfKind(sql`n.trait`, ['network'])}
      group by n.trait, c.trait
      having count(distinct a.owner) between ${p.minAccounts} and ${p.maxAccounts}
    ),
    sharer as (
      select p.client, s.account_key, count(*) as networks
      from place p cross join lateral unnest(p.accounts) as s(account_key)
      group by p.client, s.account_key
      having count(*) >= ${p.minNetworks}
    ),
    pool as (
      select client, array_agg(account_key order by account_key) as accounts from sharer
      group by client having count(*) >= ${p.minAccounts}
    )
    select pool.client::text as trait, pool.accounts,
      (select count(*) from place where place.client = pool.client) as networks
    from pool`,
  hit: (row) => ({
    trait: row.trait,
    accounts: row.accounts,
    weight: Math.log(row.accounts.length) * Math.min(2, row.networks / 4),
    evidence: { networks: row.networks },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts rotate over the same ${hits.reduce((sum, hit) => sum + Number(hit.evidence['networks']), 0)} networks with the same client`,
  looksFor: 'Accounts of one client program that meet again and again on several networks: a rotating proxy pool.',
  benignCauses: [
    'an office or campus: one network, so below the minimum',
    'a VPN’s exits: many different clients',
    'a cloud region: many accounts of one SDK on few networks',
  ],
  knownGaps: ['residential proxies with a fresh address for each request', 'gateways that give no client address'],
  runbook: 'Look at who owns the networks, and whether the accounts’ sign-up addresses lie there too.',
});
