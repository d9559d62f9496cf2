import type { Campaign, Status } from '../campaign.ts';
import type { Decision } from '../effect.ts';

export type AssignRefusal =
  | { reason: 'ended'; status: Status }
  | { reason: 'already_assigned'; by: string; at: number };

/** A person gives a campaign to another, or takes it: `to` is a Slack user id. It counts as answered by them. */
export function assignCampaign(
  campaign: Campaign,
  { actor, now, to }: { actor: string; now: number; to: string },
): Decision<AssignRefusal> {
  const { status, assigned } = campaign;
  if (status === 'contained' || status === 'dismissed' || status === 'merged') {
    return { ok: false, reason: 'ended', status };
  }
  if (assigned?.to === to) return { ok: false, reason: 'already_assigned', by: assigned.by, at: assigned.at };
  return {
    ok: true,
    campaign: {
      ...campaign,
      assigned: { to, by: actor, at: now },
      call: null,
      // Only what one takes oneself is answered: another must still say so.
      ...(status === 'suspected' && to === actor
        ? { status: 'acknowledged', acknowledgedBy: actor, acknowledgedAt: now }
        : {}),
    },
    effects: [
      { type: 'audit', action: 'campaign.assign', reason: to === actor ? 'taken' : 'given', detail: { to } },
      { type: 'reply', reply: { type: 'assigned', at: now, by: actor, to } },
    ],
  };
}
