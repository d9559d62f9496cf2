import { z } from 'zod';
import { snoozeCampaign } from '../campaigns/lifecycle/snooze.ts';
import { snoozed, snoozeRefused } from '../slack/blocks/lifecycle-answer.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineVerb } from './define-verb.ts';
import { EndTime } from './end-time.ts';
import { Reason } from './reason.ts';

export const snooze = defineVerb({
  name: 'snooze',
  usage: 'snooze <campaign> <duration> <reason>',
  summary: 'Silence a campaign until a time; a rise in severity still alerts',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, duration: EndTime, reason: Reason }),
  rest: 'text',
  run: ({ campaign: number, duration, reason: why }, context) =>
    decideOn(number, context, (campaign, by) => snoozeCampaign(campaign, { ...by, until: duration(by.now), why }), {
      done: snoozed,
      refused: snoozeRefused,
    }),
});
