import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { splitOff } from '../db/campaign-pair.ts';
import { splitMessage, splitRefused } from '../slack/blocks/lifecycle-answer.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';

const MOST = 500;

/** Ids of accounts or organisations, with commas between them. */
const Ids = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  )
  .pipe(
    z
      .array(z.string().max(128, 'one of those ids is too long'))
      .min(1, 'the accounts are missing')
      .max(MOST, `${MOST} accounts or organisations are the most at once`),
  );

export const split = defineVerb({
  name: 'split',
  usage: 'split <campaign> <accounts or organisations, with commas> <reason>',
  summary: 'Take accounts out of a campaign and make them one of their own',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, accounts: Ids, reason: Reason }),
  rest: 'text',
  async run({ campaign: from, accounts: ids, reason: why }, { pool, actor, now }) {
    const outcome = await splitOff(pool, { from, ids }, { actor, now, why });
    if (outcome.ok) return { message: splitMessage(outcome.whole, outcome.part) };
    if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(outcome.number)) };
    return { message: splitRefused(outcome.campaign, outcome) };
  },
  atWork: ({ campaign }) => ({
    text: `${formatCampaignId(campaign)} is being split, and the figures of both counted anew.`,
  }),
});
