import { z } from 'zod';
import { noteCampaign } from '../campaigns/lifecycle/note.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';

export const note = defineVerb({
  name: 'note',
  usage: 'note <campaign> <text>',
  summary: 'Write something into a campaign’s thread and its record',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, text: Reason }),
  rest: 'text',
  run: ({ campaign: number, text: why }, context) =>
    decideOn(number, context, (campaign, by) => noteCampaign(campaign, { ...by, why }), {
      done: ({ id }) => noticeOf(`Noted on ${id}: its thread has it, and so has the record.`),
      refused: () => noticeOf('That could not be noted.'),
    }),
});
