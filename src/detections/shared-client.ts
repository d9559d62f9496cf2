import sql from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { activity, daysOf } from './window.ts';

/** Which accounts come mostly with which client: tells how narrow a group's choice of clients is. */
export const sharedClient = defineDetection({
  id: 'shared-client',
  family: 'client',
  role: 'supports',
  title: 'Accounts with the same client fingerprint',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer mixes versions of one client'),
    minShare: z.number().min(0.5).max(1).default(0.6).describe('of an account’s exchanges that bear the fingerprint'),
    minAccounts: z.number().int().min(2).default(4).describe('fewer is a coincidence'),
    maxBaseRate: z.number().min(0).max(1).default(0.06).describe('clients of more accounts than this are everybody’s'),
  }),
  row: z.object({ trait: Key, accounts: z.array(Key), owners: Quantity }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    main_client as (
      select t.account_key, t.trait from sighting t join activity a on a.account_key = t.account_key
      where ${isOfKind(sql`t.trait`, ['tls_client', 'user_agent'])} and ${daysOf(sql`t.day`, window, p.windowDays)}
      group by t.account_key, t.trait, a.exchanges
      having sum(t.uses) >= ${p.minShare}::float * a.exchanges
    )
    select c.trait, array_agg(c.account_key order by c.account_key) as accounts, count(distinct a.owner) as owners
    from main_client c join activity a on a.account_key = c.account_key
    group by c.trait
    having count(distinct a.owner) >= ${p.minAccounts}
      and count(*) <= greatest(${p.minAccounts}, ${p.maxBaseRate}::float * (select count(*) from activity))`,
  hit: (row) => ({
    trait: row.trait,
    accounts: row.accounts,
    weight: 0,
    evidence: { owners: row.owners },
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts come with ${hits.length === 1 ? 'one client fingerprint' : `one of ${hits.length} client fingerprints`} that few others have`,
  looksFor: 'A group that uses far fewer clients than as many unrelated accounts would.',
  benignCauses: ['one version of a popular SDK', 'an application that many people use'],
  knownGaps: ['campaigns that rotate common browsers’ fingerprints', 'gateways that give neither user agent nor JA4'],
  runbook: 'A client that nobody else uses is a relay: search for its name.',
});
