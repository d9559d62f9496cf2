import type { Campaign } from '../campaign.ts';
import type { Decision } from '../effect.ts';

/** A person's remark, kept in the audit and the thread; it changes nothing else, whatever became of the campaign. */
export function noteCampaign(
  campaign: Campaign,
  { actor, now, why: text }: { actor: string; now: number; why: string },
): Decision<never> {
  return {
    ok: true,
    campaign,
    effects: [
      { type: 'audit', action: 'campaign.note', reason: text },
      { type: 'reply', reply: { type: 'noted', at: now, by: actor, why: text } },
    ],
  };
}
