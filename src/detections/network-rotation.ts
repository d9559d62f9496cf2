import sql from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key } from '../db/query.ts';
import { defineDetection } from './detection.ts';
import { daysOf } from './window.ts';

/** Accounts that come from more autonomous systems than a person passes through: requests behind rotating proxies. */
export const networkRotation = defineDetection({
  id: 'network-rotation',
  family: 'network',
  role: 'supports',
  title: 'Accounts that rotate over many networks',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer sees slower rotation, and more travellers'),
    minSystems: z
      .number()
      .int()
      .min(2)
      .default(4)
      .describe('autonomous systems of one account: home, telephone and office are three'),
  }),
  row: z.object({ accounts: z.array(Key) }),
  query: (p, window) => sql`
    with seen as (
      select account_key, trait from sighting
      where ${isOfKind(sql`trait`, ['asn'])} and ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key, trait
    ),
    rotating as (
      select account_key from seen group by account_key having count(*) >= ${p.minSystems}
    )
    select array_agg(account_key order by account_key) as accounts
    from rotating
    having count(*) > 0`,
  hit: (row, p) => ({
    trait: 'network-rotation',
    accounts: row.accounts,
    weight: 0,
    evidence: { minSystems: p.minSystems, windowDays: p.windowDays },
  }),
  explain: (_hits, covered, of) =>
    `${covered} of ${of} accounts come from more networks’ operators within days than a person passes through`,
  looksFor:
    'One account whose requests arrive through four or more operators’ networks in three days, as they do from a residential proxy that deals out a fresh exit time and again.',
  benignCauses: [
    'an aggregator with servers at several hosts',
    'someone who travels, or changes the VPN’s exit at will',
    'a product whose customers’ machines call directly with one key',
  ],
  knownGaps: [
    'proxies that keep one exit for days',
    'gateways that give no autonomous system',
    'accounts bought together with their owners’ home addresses',
  ],
  runbook:
    'Rotation is how a proxy network looks from outside, resold or not: what else the accounts share tells which.',
});
