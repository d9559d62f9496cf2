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
  // Its holder was reminded: an acknowledgement may be renewed, or taken over.
  const ranOut = status === 'acknowledged' && campaign.call !== null && campaign.call.level > 0;
  if (status !== 'suspected' && !ranOut) {
    return { ok: false, reason: 'already_acknowledged', by: campaign.acknowledgedBy, at: campaign.acknowledgedAt };
  }
  return {
    ok: true,
    campaign: { ...campaign, status: 'acknowledged', acknowledgedBy: actor, acknowledgedAt: now, call: null },
    effects: [
      { type: 'audit', action: 'campaign.acknowledge', reason: ranOut ? 'renewed' : 'taken' },
      { type: 'reply', reply: { type: 'acknowledged', at: now, by: actor } },
    ],
  };
}

export type JudgeRefusal =
  | { reason: 'already_judged'; by: string | null; at: number | null }
  | { reason: 'ended'; status: Status };

interface Judgement {
  actor: string;
  now: number;
  /** Why, in the person's words. */
  why: string;
}

/** A person is sure that a campaign is real. One that was dismissed by mistake may be confirmed. */
export function confirmCampaign(campaign: Campaign, judgement: Judgement): Decision<JudgeRefusal> {
  return judgeCampaign(campaign, 'confirmed', judgement);
}

/** A person is sure that a campaign is none: it falls silent. One that was confirmed by mistake may be dismissed. */
export function dismissCampaign(campaign: Campaign, judgement: Judgement): Decision<JudgeRefusal> {
  return judgeCampaign(campaign, 'dismissed', judgement);
}

function judgeCampaign(
  campaign: Campaign,
  verdict: 'confirmed' | 'dismissed',
  { actor, now, why }: Judgement,
): Decision<JudgeRefusal> {
  const { status, decided } = campaign;
  // What was contained was acted upon: that is undone account by account, not by a word.
  if (status === 'merged' || status === 'contained') return { ok: false, reason: 'ended', status };
  if (status === verdict) {
    return { ok: false, reason: 'already_judged', by: decided?.by ?? null, at: decided?.at ?? null };
  }
  return {
    ok: true,
    campaign: {
      ...campaign,
      status: verdict,
      // Whoever judges a campaign has answered it.
      acknowledgedBy: campaign.acknowledgedBy ?? actor,
      acknowledgedAt: campaign.acknowledgedAt ?? now,
      decided: { by: actor, at: now, reason: why, accountCount: campaign.accountCount },
      // A judgement answers whatever was put off.
      snooze: null,
      call: null,
    },
    effects: [
      {
        type: 'audit',
        action: verdict === 'confirmed' ? 'campaign.confirm' : 'campaign.dismiss',
        reason: why,
        detail: { from: status, detections: campaign.detections },
      },
      { type: 'reply', reply: { type: verdict, at: now, by: actor, why } },
    ],
  };
}
