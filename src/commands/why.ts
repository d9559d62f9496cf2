import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { readAccountProfile } from '../db/account-profile.ts';
import { loadCampaign } from '../db/campaign.ts';
import { noSuchAccount } from '../slack/blocks/account.ts';
import { noSuchDetection } from '../slack/blocks/detections.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import { whyAccount, whyCampaign, whyQuery } from '../slack/blocks/why.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import type { CommandContext } from './verb.ts';

export const why = defineVerb({
  name: 'why',
  usage: 'why <campaign> [account]',
  summary: 'The evidence in words, with the SQL that found it; of a campaign, or of one account in it',
  role: 'reader',
  args: z.object({ campaign: CampaignNumber, account: z.string().max(128, 'that id is too long').optional() }),
  run: ({ campaign, account }, context) =>
    account === undefined ? ofCampaign(campaign, context) : ofAccount(campaign, account, context),
  controls: {
    campaign: defineControl({ role: 'reader', value: CampaignNumber, run: ofCampaign }),
    query: defineControl({
      role: 'reader',
      value: z.string().max(80),
      async run(id, { detections, now }) {
        const [query] = await detections.explain([id], now);
        return { message: query === undefined ? noSuchDetection(id, undefined) : whyQuery(query) };
      },
    }),
  },
});

async function ofCampaign(number: number, { pool, detections, now }: CommandContext): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(formatCampaignId(number)) };
  return { message: whyCampaign(campaign, await detections.explain(campaign.detections, now)) };
}

async function ofAccount(number: number, id: string, { pool, now }: CommandContext): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(formatCampaignId(number)) };
  const profile = await readAccountProfile(pool, id, { now, days: 1 });
  return { message: profile === undefined ? noSuchAccount(id) : whyAccount(campaign, profile) };
}
