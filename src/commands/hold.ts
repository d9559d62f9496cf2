import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { liftHold, placeHold } from '../db/legal-hold.ts';
import { holdRefused } from '../slack/blocks/action-refusal.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineAction, defineVerbGroup } from './define-verb-group.ts';
import { Reason } from './reason.ts';

const args = z.object({ campaign: CampaignNumber, reason: Reason });

export const hold = defineVerbGroup({
  name: 'hold',
  usage: 'hold [place or lift]',
  summary: 'Keep everyone’s hands off a campaign, so that evidence is preserved and nobody is tipped off',
  actions: [
    defineAction({
      usage: 'hold place <campaign> <reason>',
      summary: 'Nothing is done to its accounts any more, and what is under way stops',
      role: 'responder',
      args,
      rest: 'text',
      async run({ campaign, reason }, { pool, actor, now }) {
        const id = formatCampaignId(campaign);
        const outcome = await placeHold(pool, campaign, { actor, now, reason });
        return {
          message: outcome.ok ? noticeOf(`${id} is held: none of its accounts is touched.`) : holdRefused(id, outcome),
        };
      },
    }),
    defineAction({
      usage: 'hold lift <campaign> <reason>',
      summary: 'Its accounts may be acted upon again',
      role: 'approver',
      args,
      rest: 'text',
      async run({ campaign, reason }, { pool, actor, now }) {
        const id = formatCampaignId(campaign);
        const outcome = await liftHold(pool, campaign, { actor, now, reason });
        return { message: outcome.ok ? noticeOf(`The hold on ${id} is lifted.`) : holdRefused(id, outcome) };
      },
    }),
  ],
});
