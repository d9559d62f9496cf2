import { z } from 'zod';
import { acknowledgeCampaign } from '../campaigns/lifecycle.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { acknowledgeRefused } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
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

function acknowledge(number: number, context: CommandContext): Promise<Answer> {
  return decideOn(number, context, acknowledgeCampaign, {
    done: ({ id }) => noticeOf(`You have ${id}: its message and its thread say so.`),
    refused: acknowledgeRefused,
  });
}
