import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { confirmCampaign, dismissCampaign } from '../campaigns/lifecycle.ts';
import { readPrecision } from '../db/precision.ts';
import { judgedMessage } from '../slack/blocks/judged.ts';
import { judgeRefused, noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

export const JudgeArgs = z.object({ campaign: CampaignNumber, reason: Reason });

/** Confirms or dismisses a campaign, and tells where its detections stand since. */
export async function judge(
  verdict: 'confirmed' | 'dismissed',
  { campaign: number, reason: why }: z.output<typeof JudgeArgs>,
  { actor, now, pool, store }: CommandContext,
): Promise<Answer> {
  const decide = verdict === 'confirmed' ? confirmCampaign : dismissCampaign;
  const outcome = await store.transition(number, { actor, now }, (campaign) => decide(campaign, { actor, now, why }));
  if (!outcome.ok) {
    if (outcome.reason === 'not_found') return { message: noSuchCampaign(formatCampaignId(number)) };
    return { message: judgeRefused(outcome.campaign, outcome) };
  }
  const { id, detections } = outcome.campaign;
  const precision = (await readPrecision(pool)).filter(({ detection }) => detections.includes(detection));
  return { message: judgedMessage(id, verdict, precision) };
}
