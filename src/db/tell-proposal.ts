import type { Proposal } from '../campaigns/proposal.ts';
import { formatProposalId } from '../campaigns/proposal.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { appendAudit } from './audit-entry.ts';
import { loadCampaign } from './campaign.ts';
import { enqueue } from './outbox.ts';
import type { Database } from './query.ts';

/**
 * Queues the proposal's message, and its campaign's, to be told anew; both are written when they are sent. The same
 * `mark` twice is one telling.
 */
export async function tellProposal(
  tx: Database,
  { number, campaign }: Pick<Proposal, 'number' | 'campaign'>,
  mark: string,
  now: number,
): Promise<void> {
  const key = `${formatProposalId(number)}:${mark}`;
  const card = { kind: 'proposal', campaign, dedupKey: `proposal:${key}`, payload: { proposal: number } } as const;
  await enqueue(tx, { ...card, notBefore: now }, now);
  const shown = await loadCampaign(tx, campaign);
  // A campaign that was never alerted has no message to keep true.
  if (shown === undefined || shown.alertedAt === null) return;
  const root = { kind: 'campaign_root', campaign, dedupKey: `root:${formatCampaignId(campaign)}:${key}` } as const;
  await enqueue(tx, { ...root, payload: {}, notBefore: now }, now);
}

/** Writes a step of a proposal into the audit, under its campaign, with what identifies what it is about. */
export async function auditProposal(
  tx: Database,
  step: 'propose' | 'approve' | 'reject' | 'void' | 'expire' | 'stop' | 'retry' | 'finish',
  proposal: Proposal,
  { actor, now, reason, detail = {} }: { actor: string; now: number; reason: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { number, action, digest, accountCount, dryRun } = proposal;
  await appendAudit(tx, {
    at: now,
    actor,
    action: `action.${step}`,
    subject: formatCampaignId(proposal.campaign),
    reason,
    detail: { proposal: formatProposalId(number), action, digest, accounts: accountCount, dryRun, ...detail },
  });
}
