import { reopenCampaign } from '../campaigns/lifecycle/reopen.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { reopenRefused } from '../slack/blocks/lifecycle-answer.ts';
import { decideOn } from './decide-on.ts';
import { defineVerb } from './define-verb.ts';
import { JudgeArgs } from './judge.ts';

export const reopen = defineVerb({
  name: 'reopen',
  usage: 'reopen <campaign> <reason>',
  summary: 'Take back that a campaign was dismissed or contained: it waits for an answer again',
  role: 'responder',
  args: JudgeArgs,
  rest: 'text',
  run: ({ campaign: number, reason: why }, context) =>
    decideOn(number, context, (campaign, by) => reopenCampaign(campaign, { ...by, why }), {
      done: ({ id }) => noticeOf(`${id} is open again: its channel is told, and it waits for someone.`),
      refused: reopenRefused,
    }),
});
