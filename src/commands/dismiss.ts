import { z } from 'zod';
import { CAUSES, dismissForm } from '../slack/blocks/campaign-forms.ts';
import { openForm, SeenValue, submitForm } from './campaign-form.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { judge, JudgeArgs } from './judge.ts';
import { Reason } from './reason.ts';

export const dismiss = defineVerb({
  name: 'dismiss',
  usage: 'dismiss <campaign> <reason>',
  summary: 'Say that a campaign is none: it falls silent, and its detections lose precision by it',
  role: 'responder',
  args: JudgeArgs,
  rest: 'text',
  run: (args, context) => judge('dismissed', args, context),
  controls: {
    ask: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (number, context) => openForm(number, context, dismissForm),
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: SeenValue,
      fields: z.object({ cause: z.enum(Object.keys(CAUSES) as (keyof typeof CAUSES)[]), reason: Reason }),
      run: (filled, context) =>
        submitForm(filled, context, dismissForm, (campaign, { cause, reason }) =>
          judge('dismissed', { campaign, reason: cause === 'other' ? reason : `${CAUSES[cause]}: ${reason}` }, context),
        ),
    }),
  },
});
