import sql from 'sql-template-tag';
import { z } from 'zod';
import { Action } from '../campaigns/action.ts';
import { type Proposal, PROPOSAL_STATES } from '../campaigns/proposal.ts';
import { Timestamp } from './query.ts';

/** A row of `proposal`, as `src/db/proposal.ts` reads it. */
export const ProposalRow = z
  .object({
    proposal_id: z.number(),
    campaign_id: z.number(),
    action: Action,
    scope: z.enum(['members', 'with_review', 'chosen']),
    digest: z.string(),
    account_count: z.number(),
    dry_run: z.boolean(),
    reason: z.string(),
    state: z.enum(PROPOSAL_STATES),
    proposed_by: z.string(),
    proposed_at: Timestamp,
    expires_at: Timestamp,
    approvals_needed: z.number(),
    approved_by: z.string().nullable(),
    approved_at: Timestamp.nullable(),
    second_approved_by: z.string().nullable(),
    second_approved_at: Timestamp.nullable(),
    closed_by: z.string().nullable(),
    closed_at: Timestamp.nullable(),
    closed_reason: z.string().nullable(),
    finished_at: Timestamp.nullable(),
    post_channel: z.string().nullable(),
    post_ts: z.string().nullable(),
  })
  .transform(
    (row): Proposal => ({
      number: row.proposal_id,
      campaign: row.campaign_id,
      action: row.action,
      scope: row.scope,
      digest: row.digest,
      accountCount: row.account_count,
      dryRun: row.dry_run,
      reason: row.reason,
      state: row.state,
      proposedBy: row.proposed_by,
      proposedAt: row.proposed_at,
      expiresAt: row.expires_at,
      approvalsNeeded: row.approvals_needed,
      approvals: [
        ...signed(row.approved_by, row.approved_at),
        ...signed(row.second_approved_by, row.second_approved_at),
      ],
      closed:
        row.closed_by === null || row.closed_at === null
          ? null
          : { by: row.closed_by, at: row.closed_at, reason: row.closed_reason ?? '' },
      finishedAt: row.finished_at,
      post: row.post_channel === null || row.post_ts === null ? null : { channel: row.post_channel, ts: row.post_ts },
    }),
  );

function signed(by: string | null, at: number | null): Proposal['approvals'] {
  return by === null || at === null ? [] : [{ by, at }];
}

/** What `ProposalRow` reads. */
export const PROPOSAL_COLUMNS = sql`proposal_id, campaign_id, action, scope, digest, account_count, dry_run, reason, state, proposed_by,
  proposed_at, expires_at, approvals_needed, approved_by, approved_at, second_approved_by, second_approved_at,
  closed_by, closed_at, closed_reason, finished_at, post_channel, post_ts`;
