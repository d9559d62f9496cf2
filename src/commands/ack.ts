import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { acknowledgeCampaign } from '../campaigns/lifecycle.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { acknowledgeRefused, noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import type { CommandContext } from './verb.ts';

export const ack = defineVerb({
  name: 'ack',
  usage: 'ack <campaign>',
  summary: 'Take a campaign: its message says that you have it',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber }),
  run: ({ campaign }, context) => acknowledge(campaign, context),
  controls: {
    press: defineControl({ role: 'responder', value: CampaignNumber, run: acknowledge }),
  },
});

async function acknowledge(number: number, { actor, now, store }: CommandContext): Promise<Answer> {
  const outcome = await store.transition(number, { actor, now }, (campaign) =>
    acknowledgeCampaign(campaign, { actor, now }),
  );
  if (outcome.ok) return { message: noticeOf(`You have ${outcome.campaign.id}: its message and its thread say so.`) };
  if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(number)) };
  return { message: acknowledgeRefused(outcome.campaign, outcome) };
}
