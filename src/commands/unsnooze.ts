import { z } from 'zod';
import { unsnoozeCampaign } from '../campaigns/lifecycle/snooze.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineVerb } from './define-verb.ts';

export const unsnooze = defineVerb({
  name: 'unsnooze',
  usage: 'unsnooze <campaign>',
  summary: 'Wake a snoozed campaign before its time',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber }),
  run: ({ campaign: number }, context) =>
    decideOn(number, context, unsnoozeCampaign, {
      done: ({ id }) => noticeOf(`${id} is awake: growth and new evidence are told again.`),
      refused: ({ id }) => noticeOf(`${id} is not snoozed. \`/campaign list snoozed\` shows which are.`),
    }),
});
