import { z } from 'zod';
import { confirmCampaign, dismissCampaign } from '../campaigns/lifecycle.ts';
import { readPrecision } from '../db/precision.ts';
import { judgedMessage } from '../slack/blocks/judged.ts';
import { judgeRefused } from '../slack/blocks/refusal.ts';
import { CampaignNumber } from './campaign-number.ts';
import { decideOn } from './decide-on.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

export const JudgeArgs = z.object({ campaign: CampaignNumber, reason: Reason });

/** Confirms or dismisses a campaign, and tells where its detections stand since. */
export function judge(
  verdict: 'confirmed' | 'dismissed',
  { campaign: number, reason: why }: z.output<typeof JudgeArgs>,
  context: CommandContext,
) {
  const decide = verdict === 'confirmed' ? confirmCampaign : dismissCampaign;
  return decideOn(number, context, (campaign, by) => decide(campaign, { ...by, why }), {
    async done({ id, detections }) {
      const precision = (await readPrecision(context.pool)).filter(({ detection }) => detections.includes(detection));
      return judgedMessage(id, verdict, precision);
    },
    refused: judgeRefused,
  });
}
