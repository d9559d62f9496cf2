import { z } from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { snoozeCampaign } from '../campaigns/lifecycle/snooze.ts';
import { snoozeForm, SNOOZES } from '../slack/blocks/campaign-forms.ts';
import { snoozed, snoozeRefused } from '../slack/blocks/lifecycle-answer.ts';
import { openForm, SeenValue, submitForm } from './campaign-form.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineControl, defineForm, defineVerb } from './define-verb.ts';
import { EndTime } from './end-time.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

export const snooze = defineVerb({
  name: 'snooze',
  usage: 'snooze <campaign> <duration> <reason>',
  summary: 'Silence a campaign until a time; a rise in severity still alerts',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, duration: EndTime, reason: Reason }),
  rest: 'text',
  run: ({ campaign, duration, reason }, context) =>
    set(campaign, { until: duration(context.now), why: reason }, context),
  controls: {
    ask: defineControl({
      role: 'responder',
      value: CampaignNumber,
      run: (number, context) => openForm(number, context, form(context)),
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: SeenValue,
      fields: z.object({ duration: z.enum(Object.keys(SNOOZES)), reason: Reason }),
      run: (filled, context) =>
        submitForm(filled, context, form(context), (number, { duration, reason: why }) =>
          set(number, { until: EndTime.parse(duration)(context.now), why }, context),
        ),
    }),
  },
});

const form =
  ({ now }: CommandContext) =>
  (campaign: Campaign, given: Parameters<typeof snoozeForm>[1]) =>
    snoozeForm(campaign, given, now);

function set(number: number, { until, why }: { until: number; why: string }, context: CommandContext) {
  return decideOn(number, context, (campaign, by) => snoozeCampaign(campaign, { ...by, until, why }), {
    done: snoozed,
    refused: snoozeRefused,
  });
}
