import { z } from 'zod';
import { unsnoozeCampaign } from '../campaigns/lifecycle/snooze.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import type { CommandContext } from './verb.ts';

export const unsnooze = defineVerb({
  name: 'unsnooze',
  usage: 'unsnooze <campaign>',
  summary: 'Wake a snoozed campaign before its time',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber }),
  run: ({ campaign }, context) => wake(campaign, context),
  controls: {
    press: defineControl({ role: 'responder', value: CampaignNumber, run: wake }),
  },
});

function wake(number: number, context: CommandContext): Promise<Answer> {
  return decideOn(number, context, unsnoozeCampaign, {
    done: ({ id }) => noticeOf(`${id} is awake: growth and new evidence are told again.`),
    refused: ({ id }) => noticeOf(`${id} is not snoozed. \`/campaign list snoozed\` shows which are.`),
  });
}
