import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { formatProposalId } from '../campaigns/proposal.ts';
import type { Proposed } from '../db/proposal-store.ts';
import { proposalRefused } from '../slack/blocks/action-refusal.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';

/** What whoever proposed an action is told. */
export function answerProposal(campaign: number, outcome: Proposed): Answer {
  if (outcome.ok) {
    const id = formatProposalId(outcome.proposal.number);
    const where = `Its message in the thread of ${outcome.campaign.id} waits for another person.`;
    return { message: noticeOf(`${id} is proposed. ${where}`) };
  }
  if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(campaign)) };
  return { message: proposalRefused(outcome) };
}
