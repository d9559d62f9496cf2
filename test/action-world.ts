import type pg from 'pg';
import type { ActionView } from '../src/campaigns/action-view.ts';
import type { ActionPolicy, Proposal, Tally } from '../src/campaigns/proposal.ts';
import { createCampaign } from '../src/db/campaign.ts';
import { saveMembers } from '../src/db/campaign-account.ts';
import { DRAFT, NOW } from './campaign-fixture.ts';

const HOUR = 3_600_000;

export const POLICY: ActionPolicy = {
  live: true,
  caps: {
    action: { soft: 1_000, hard: 50_000 },
    person: { soft: 2_000, hard: 50_000 },
    overall: { soft: 4_000, hard: 60_000 },
  },
  approvalWindowMs: 24 * HOUR,
  undoWindowMs: 7 * 24 * HOUR,
};

/** An action as its message shows it. */
export function actionViewLike(change: Partial<Proposal> = {}, tally: Partial<Tally> = {}): ActionView {
  return {
    proposal: {
      number: 3,
      campaign: 12,
      action: 'suspend',
      scope: 'members',
      digest: 'ab'.repeat(32),
      accountCount: 1_184,
      dryRun: false,
      reason: 'one key, eight templates',
      state: 'proposed',
      proposedBy: 'U0MARA',
      proposedAt: NOW,
      expiresAt: NOW + 24 * HOUR,
      approvalsNeeded: 1,
      approvals: [],
      closed: null,
      finishedAt: null,
      post: null,
      ...change,
    },
    tally: { pending: 0, sent: 0, unknown: 0, done: 0, failed: 0, dry_run: 0, ...tally },
    failures: [],
    blocked: null,
  };
}

/** Empties all that actions touch; the audit stays, as it must. */
export async function clearActions(pool: pg.Pool): Promise<void> {
  await pool.query(
    `truncate proposal, action_ledger, action_freeze, legal_hold, escalation_event, escalation, exception_entry, outbox, campaign_account, campaign, account
     restart identity`,
  );
}

export interface MadeCampaign {
  number: number;
  /** Ids, in order. */
  members: string[];
}

/** A campaign of so many sure accounts, `acct_<first>` and on, and some to review. */
export async function makeCampaign(
  pool: pg.Pool,
  { accounts, review = 0, first = 1 }: { accounts: number; review?: number; first?: number },
): Promise<MadeCampaign> {
  const keys = Array.from({ length: accounts + review }, (_, index) => first + index);
  const campaign = await createCampaign(pool, { ...DRAFT, accountCount: accounts }, NOW);
  const number = Number(campaign.id.slice(2));
  await pool.query(
    `insert into account (account_key, account_id, created_at, payment_kind, updated_at)
     select k, 'acct_' || lpad(k::text, 6, '0'), $2::timestamptz, case when k % 2 = 0 then 'card' end, $2
     from unnest($1::bigint[]) k on conflict do nothing`,
    [keys, new Date(NOW - 10 * 24 * HOUR)],
  );
  await join(pool, number, keys.slice(0, accounts));
  await join(pool, number, keys.slice(accounts), 'review');
  return { number, members: keys.slice(0, accounts).map(idOf) };
}

export function idOf(key: number): string {
  return `acct_${String(key).padStart(6, '0')}`;
}

export async function join(
  pool: pg.Pool,
  campaign: number,
  keys: readonly number[],
  standing: 'member' | 'review' = 'member',
): Promise<void> {
  const members = keys.map((key) => ({ account: String(key), strength: 5, standing, detections: ['shared-payment'] }));
  await saveMembers(pool, campaign, members, NOW);
}
