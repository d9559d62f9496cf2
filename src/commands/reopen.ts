import { z } from 'zod';
import { reopenCampaign } from '../campaigns/lifecycle/reopen.ts';
import { reopenForm } from '../slack/blocks/campaign-forms.ts';
import { reopenRefused } from '../slack/blocks/lifecycle-answer.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { openForm, SeenValue, submitForm } from './campaign-form.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { JudgeArgs } from './judge.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

export const reopen = defineVerb({
  name: 'reopen',
  usage: 'reopen <campaign> <reason>',
  summary: 'Take back that a campaign was dismissed or contained: it waits for an answer again',
  role: 'responder',
  args: JudgeArgs,
  rest: 'text',
  run: ({ campaign, reason }, context) => again(campaign, reason, context),
  controls: {
    ask: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (number, context) => openForm(number, context, reopenForm),
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: SeenValue,
      fields: z.object({ reason: Reason }),
      run: (filled, context) =>
        submitForm(filled, context, reopenForm, (number, { reason }) => again(number, reason, context)),
    }),
  },
});

function again(number: number, why: string, context: CommandContext) {
  return decideOn(number, context, (campaign, by) => reopenCampaign(campaign, { ...by, why }), {
    done: ({ id }) => noticeOf(`${id} is open again: its channel is told, and it waits for someone.`),
    refused: reopenRefused,
  });
}
