import { z } from 'zod';
import { IMPOSED, Imposed } from '../campaigns/action.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { formatProposalId } from '../campaigns/proposal.ts';
import type { Scope } from '../campaigns/select-accounts.ts';
import { rejectProposal, retryProposal, stopProposal } from '../db/proposal-control.ts';
import type { Wish } from '../db/plan-action.ts';
import { banModal, reasonModal } from '../slack/blocks/action-modal.ts';
import { approvalRefused, proposalClosed, proposalRefused, retryRefused } from '../slack/blocks/action-refusal.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { AtWork } from '../slack/head-start.ts';
import type { Answer } from '../slack/interactions.ts';
import { nearest } from '../slack/nearest.ts';
import { answerProposal } from './answer-proposal.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { ProposalNumber } from './proposal-number.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

const ActionWord = z
  .string()
  .toLowerCase()
  .transform((word) => word.replaceAll('-', '_'))
  .pipe(
    z.enum(IMPOSED, {
      error: ({ input }) =>
        `${String(input)} is no action; ${nearest(String(input), IMPOSED) ?? IMPOSED.join(', ')} is one`,
    }),
  );

const ScopeWord = z
  .string()
  .toLowerCase()
  .pipe(z.literal('with-review', 'only with-review may follow the action'))
  .transform((): Scope => 'with_review');

/** `C-12|suspend|members`: what a choice in the modal means. */
const Chosen = z
  .string()
  .transform((text) => text.split('|'))
  .pipe(z.tuple([CampaignNumber, Imposed, z.enum(['members', 'with_review'])]))
  .transform(([campaign, action, scope]) => ({ campaign, wish: { action, scope } as const }));

export const ban = defineVerb({
  name: 'ban',
  usage: 'ban <campaign> [action] [with-review]',
  summary: 'Propose to suspend, ban, verify, rate-limit or watermark its accounts; another person approves',
  role: 'responder',
  args: z.object({
    campaign: CampaignNumber,
    action: ActionWord.default('suspend'),
    scope: ScopeWord.default('members'),
  }),
  run: ({ campaign, action, scope }, context) => review(campaign, { action, scope }, context),
  atWork: ({ campaign }) => looking(campaign),
  controls: {
    review: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (campaign, context) => review(campaign, { action: 'suspend', scope: 'members' }, context),
      atWork: looking,
    }),
    choose: defineControl({
      role: 'responder',
      value: Chosen,
      run: async ({ campaign, wish }, context) => ({ ...(await review(campaign, wish, context)), replaces: true }),
    }),
    approve: defineControl({
      role: 'approver',
      value: ProposalNumber,
      run: approve,
      atWork: (number) => ({ text: `The accounts of ${formatProposalId(number)} are being looked at once more.` }),
    }),
    reject: asksWhy('reject', 'Reject', 'It is over then, and nobody is touched.'),
    stop: asksWhy(
      'stop',
      'Stop',
      'Who was not sent yet will be left alone; what was sent is still asked for its outcome.',
    ),
    retry: defineControl({ role: 'responder', value: ProposalNumber, run: retry }),
  },
  forms: {
    propose: defineForm({
      role: 'responder',
      value: z.string(),
      fields: z.object({ action: Chosen, reason: Reason }),
      async run({ value: seenDigest, fields: { action: chosen, reason } }, { actions, actor, now }) {
        const { campaign, wish } = chosen;
        const outcome = await actions.propose(campaign, wish, { actor, now, reason, seenDigest });
        return answerProposal(campaign, outcome);
      },
    }),
    reject: givesWhy(rejectProposal, (id) => `${id} is rejected.`),
    stop: givesWhy(stopProposal, (id, left) => `${id} is being stopped: ${left} of its accounts are left alone.`),
  },
});

function looking(campaign: number): AtWork {
  return { text: `Looking at whom it would touch of ${formatCampaignId(campaign)}.`, opens: 'modal' };
}

async function review(campaign: number, wish: Wish, { actions, actor, now }: CommandContext): Promise<Answer> {
  const outcome = await actions.preview(campaign, wish, { actor, now });
  if (!outcome.ok) {
    if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(campaign)) };
    return { message: proposalRefused(outcome) };
  }
  return { modal: banModal(outcome.preview) };
}

async function approve(number: number, { actions, actor, now }: CommandContext): Promise<Answer> {
  const id = formatProposalId(number);
  const outcome = await actions.approve(number, { actor, now });
  if (!outcome.ok) return { message: approvalRefused(id, outcome) };
  const said = outcome.complete
    ? `You approved ${id}: it begins now, and its message tells how far it is.`
    : `You approved ${id}. It is over a cap, so another approver is needed as well.`;
  return { message: noticeOf(said) };
}

async function retry(number: number, { pool, actor, now }: CommandContext): Promise<Answer> {
  const id = formatProposalId(number);
  const outcome = await retryProposal(pool, number, { actor, now, reason: 'asked for again' });
  if (!outcome.ok) return { message: retryRefused(id, outcome) };
  return { message: noticeOf(`${id} asks again for ${outcome.accounts} of its accounts.`) };
}

/** A control that opens a form for the reason. */
function asksWhy(form: 'reject' | 'stop', title: string, about: string) {
  return defineControl({
    role: 'responder',
    value: ProposalNumber,
    run: async (number) => {
      const id = formatProposalId(number);
      return { modal: reasonModal({ form: `ban.${form}`, value: id, title: `${title} ${id}`, submit: title, about }) };
    },
  });
}

function givesWhy(end: typeof rejectProposal, said: (id: string, accounts: number) => string) {
  return defineForm({
    role: 'responder',
    value: ProposalNumber,
    fields: z.object({ reason: Reason }),
    async run({ value: number, fields: { reason } }, { pool, actor, now }) {
      const id = formatProposalId(number);
      const outcome = await end(pool, number, { actor, now, reason });
      return { message: outcome.ok ? noticeOf(said(id, outcome.accounts)) : proposalClosed(id, outcome) };
    },
  });
}
