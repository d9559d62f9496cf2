import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { liftHold, placeHold } from '../db/legal-hold.ts';
import { holdRefused } from '../slack/blocks/action-refusal.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import type { Role } from '../slack/roles.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineAction, defineVerbGroup } from './define-verb-group.ts';
import { Reason } from './reason.ts';

const args = z.object({ campaign: CampaignNumber, reason: Reason });

/** One way to change a hold, and what is said once it is done. */
const changeHold = ({
  change,
  done,
  ...words
}: {
  usage: string;
  summary: string;
  role: Role;
  change: typeof placeHold;
  done: (id: string) => string;
}) =>
  defineAction({
    ...words,
    args,
    rest: 'text',
    async run({ campaign, reason }, { pool, actor, now }) {
      const id = formatCampaignId(campaign);
      const outcome = await change(pool, campaign, { actor, now, reason });
      return { message: outcome.ok ? noticeOf(done(id)) : holdRefused(id, outcome) };
    },
  });

export const hold = defineVerbGroup({
  name: 'hold',
  usage: 'hold [place or lift]',
  summary: 'Keep everyone’s hands off a campaign, so that evidence is preserved and nobody is tipped off',
  actions: [
    changeHold({
      usage: 'hold place <campaign> <reason>',
      summary: 'Nothing is done to its accounts any more, and what is under way stops',
      role: 'responder',
      change: placeHold,
      done: (id) => `${id} is held: none of its accounts is touched.`,
    }),
    changeHold({
      usage: 'hold lift <campaign> <reason>',
      summary: 'Its accounts may be acted upon again',
      role: 'approver',
      change: liftHold,
      done: (id) => `The hold on ${id} is lifted.`,
    }),
  ],
});
