import sql from 'sql-template-tag';
import { z } from 'zod';
import type { AccountActivity, AccountHit, AccountMembership, AccountProfile } from '../campaigns/account-profile.ts';
import { Severity, Status } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { DAY_MS } from '../time-units.ts';
import { type Database, Key, many, maybeOne, Quantity, Timestamp } from './query.ts';

const MOST_HITS = 20;

const FactsRow = z.object({
  account_key: Key,
  account_id: z.string(),
  created_at: Timestamp.nullable(),
  organization_id: z.string().nullable(),
  email_domain: z.string().nullable(),
  payment_kind: z.string().nullable(),
  plan: z.string().nullable(),
  program: z.string().nullable(),
  verification: z.string().nullable(),
  country: z.string().nullable(),
  status: z.string(),
  status_at: Timestamp.nullable(),
});

/** Everything known of one account by the id that the gateway gives it: who, in which campaigns, found how, and what it did. */
export async function readAccountProfile(
  db: Database,
  accountId: string,
  { now, days }: { now: number; days: number },
): Promise<AccountProfile | undefined> {
  const facts = await maybeOne(
    db,
    FactsRow,
    sql`
      select account_key, account_id, created_at, organization_id, email_domain, payment_kind, plan, program,
        verification, country, status, status_at
      from account where account_id = ${accountId} order by account_key limit 1`,
  );
  if (facts === undefined) return undefined;
  const key = facts.account_key;
  return {
    accountId: facts.account_id,
    createdAt: facts.created_at,
    organizationId: facts.organization_id,
    emailDomain: facts.email_domain,
    paymentKind: facts.payment_kind,
    plan: facts.plan,
    program: facts.program,
    verification: facts.verification,
    country: facts.country,
    status: facts.status,
    statusAt: facts.status_at,
    campaigns: await readMemberships(db, key),
    hits: await readAccountHits(db, key),
    activity: await readActivity(db, key, now - (days - 1) * DAY_MS),
  };
}

const MembershipRow = z
  .object({
    campaign_id: z.number(),
    status: Status,
    severity: Severity,
    standing: z.enum(['member', 'review']),
    detections: z.array(z.string()),
    joined_at: Timestamp,
    left_at: Timestamp.nullable(),
  })
  .transform(
    (row): AccountMembership => ({
      campaign: formatCampaignId(row.campaign_id),
      status: row.status,
      severity: row.severity,
      standing: row.standing,
      detections: row.detections,
      joinedAt: row.joined_at,
      leftAt: row.left_at,
    }),
  );

function readMemberships(db: Database, account: AccountKey): Promise<AccountMembership[]> {
  return many(
    db,
    MembershipRow,
    sql`
      select m.campaign_id, c.status, c.severity, m.standing, m.detections, m.joined_at, m.left_at
      from campaign_account m join campaign c on c.campaign_id = m.campaign_id
      where m.account_key = ${account} and c.status <> 'merged'
      order by m.left_at is not null, m.joined_at desc, m.campaign_id`,
  );
}

const HitRow = z
  .object({
    detection_id: z.string(),
    trait: z.string(),
    weight: z.number(),
    accounts: Quantity,
    evidence: z.record(z.string(), z.union([z.number(), z.string()])),
    found_at: Timestamp,
    last_found_at: Timestamp,
    shadow: z.boolean(),
  })
  .transform(
    (row): AccountHit => ({
      detection: row.detection_id,
      trait: row.trait,
      weight: row.weight,
      others: row.accounts - 1,
      evidence: row.evidence,
      foundAt: row.found_at,
      lastFoundAt: row.last_found_at,
      shadow: row.shadow,
    }),
  );

/** What detections found of an account, the newest and heaviest first. */
function readAccountHits(db: Database, account: AccountKey): Promise<AccountHit[]> {
  return many(
    db,
    HitRow,
    sql`
      select detection_id, trait, weight, cardinality(accounts) as accounts, evidence, found_at, last_found_at, shadow
      from hit where ${account}::bigint = any(accounts)
      order by last_found_at desc, weight desc, detection_id, trait limit ${MOST_HITS}`,
  );
}

const ActivityRow = z
  .object({
    day: z.string(),
    exchanges: Quantity,
    refused: Quantity,
    input_tokens: Quantity,
    output_tokens: Quantity,
    elicited: Quantity,
    hours: z.number(),
  })
  .transform(
    (row): AccountActivity => ({
      day: row.day,
      exchanges: row.exchanges,
      refused: row.refused,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      elicited: row.elicited,
      activeHours: row.hours,
    }),
  );

function readActivity(db: Database, account: AccountKey, from: number): Promise<AccountActivity[]> {
  return many(
    db,
    ActivityRow,
    sql`
      select day::text as day, exchanges, refused, input_tokens, output_tokens, elicited + graded as elicited,
        bit_count(hours::bit(32))::int as hours
      from account_day
      where account_key = ${account} and day >= ${new Date(from).toISOString().slice(0, 10)}::date
      order by day`,
  );
}
