import type { Campaign, Status } from './campaign.ts';
import type { Decision } from './effect.ts';

export type AcknowledgeRefusal =
  | { reason: 'already_acknowledged'; by: string | null; at: number | null }
  | { reason: 'ended'; status: Status };

/** A person takes a suspected campaign. `now` is epoch milliseconds; `actor` a Slack user id or another name. */
export function acknowledgeCampaign(
  campaign: Campaign,
  { actor, now }: { actor: string; now: number },
): Decision<AcknowledgeRefusal> {
  const { status } = campaign;
  if (status === 'contained' || status === 'dismissed' || status === 'merged') {
    return { ok: false, reason: 'ended', status };
  }
  if (status !== 'suspected') {
    return { ok: false, reason: 'already_acknowledged', by: campaign.acknowledgedBy, at: campaign.acknowledgedAt };
  }
  return {
    ok: true,
    campaign: { ...campaign, status: 'acknowledged', acknowledgedBy: actor, acknowledgedAt: now },
    effects: [
      { type: 'audit', action: 'campaign.acknowledge', reason: 'taken' },
      { type: 'reply', reply: { type: 'acknowledged', at: now, by: actor } },
    ],
  };
}
