import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { mergePair } from '../db/campaign-pair.ts';
import { merged, mergeRefused } from '../slack/blocks/lifecycle-answer.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineVerb } from './define-verb.ts';
import { Reason } from './reason.ts';

export const merge = defineVerb({
  name: 'merge',
  usage: 'merge <campaign> <into campaign> <reason>',
  summary: 'Say that two campaigns are one: the first ends, the second gets its accounts',
  role: 'responder',
  args: z.object({ campaign: CampaignNumber, into: CampaignNumber, reason: Reason }),
  rest: 'text',
  async run({ campaign: from, into, reason: why }, { pool, actor, now }) {
    const outcome = await mergePair(pool, { from, into }, { actor, now, why });
    if (outcome.ok) return { message: merged(formatCampaignId(from), outcome.into) };
    if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(outcome.number)) };
    return { message: mergeRefused(outcome) };
  },
  atWork: ({ campaign, into }) => ({
    text: `${formatCampaignId(campaign)} is being merged into ${formatCampaignId(into)}, and its figures counted anew.`,
  }),
});
