import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { undoModal } from '../slack/blocks/action-modal.ts';
import { proposalRefused } from '../slack/blocks/action-refusal.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { AtWork } from '../slack/head-start.ts';
import type { Answer } from '../slack/interactions.ts';
import { answerProposal } from './answer-proposal.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

/** As many as fit a modal's text. */
const MOST = 100;
const TOO_MANY = `${MOST} accounts are the most that can be chosen at once`;

/** Ids with spaces, commas or lines between them. */
const Accounts = z
  .string()
  .transform((text) => [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))])
  .pipe(z.array(z.string().max(128, 'one of these ids is too long')).max(MOST, TOO_MANY));

export const undo = defineVerb({
  name: 'undo',
  usage: 'undo <campaign> [account …]',
  summary: 'Propose to restore its accounts, or some of them; another person approves',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, accounts: z.array(z.string().max(128)).max(MOST, TOO_MANY) }),
  rest: 'words',
  run: ({ campaign, accounts }, context) => review(campaign, accounts, context),
  atWork: ({ campaign }) => looking(campaign),
  controls: {
    review: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (campaign, context) => review(campaign, [], context),
      atWork: looking,
    }),
  },
  forms: {
    propose: defineForm({
      role: 'responder',
      value: CampaignNumber,
      fields: z.object({ accounts: Accounts.optional(), reason: Reason }),
      async run({ value: campaign, fields: { accounts = [], reason } }, { actions, actor, now }) {
        const chosen = accounts.length === 0 ? null : accounts;
        const outcome = await actions.propose(campaign, { action: 'restore', chosen }, { actor, now, reason });
        if (!outcome.ok && outcome.reason === 'strangers') {
          const named = outcome.accounts.slice(0, 5).join(', ');
          return { errors: { accounts: `Nothing was done to these that can be undone: ${named}` } };
        }
        return answerProposal(campaign, outcome);
      },
    }),
  },
});

function looking(campaign: number): AtWork {
  return { text: `Looking at which accounts of ${formatCampaignId(campaign)} can be restored.`, opens: 'modal' };
}

async function review(campaign: number, accounts: string[], { actions, actor, now }: CommandContext): Promise<Answer> {
  const outcome = await actions.preview(campaign, { action: 'restore', chosen: null }, { actor, now });
  if (!outcome.ok) {
    if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(campaign)) };
    return { message: proposalRefused(outcome) };
  }
  return { modal: undoModal(outcome.preview, accounts) };
}
