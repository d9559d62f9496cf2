import { type CallDecision, decideCall } from '../call-decision.ts';
import type { Campaign } from '../campaign.ts';
import type { Decision } from '../effect.ts';
import type { Rota } from '../rota.ts';

type NoCall = Extract<CallDecision, { call: false }>['reason'];

/** Calls whom the rota says, if it is time; an acknowledgement that nobody renewed is over. */
export function callCampaign(campaign: Campaign, now: number, rota: Rota): Decision<{ reason: NoCall }> {
  const decision = decideCall(campaign, now, rota);
  if (!decision.call) return { ok: false, reason: decision.reason };
  const { reason, level, group } = decision;
  const { severity, accountCount, assigned, acknowledgedBy, acknowledgedAt, alertedAt } = campaign;
  const lapsed = reason === 'lapsed';
  const since = lapsed ? now : (campaign.call?.since ?? (reason === 'ran_out' ? acknowledgedAt : alertedAt) ?? now);
  return {
    ok: true,
    campaign: {
      ...campaign,
      call: { since, level, calledAt: now },
      ...(lapsed ? { status: 'suspected', acknowledgedBy: null, acknowledgedAt: null, assigned: null } : {}),
    },
    effects: [
      { type: 'audit', action: 'campaign.call', reason, detail: { level, group } },
      {
        type: 'reply',
        reply: {
          type: 'called',
          at: now,
          reason,
          level,
          group,
          holder: reason === 'unanswered' ? null : (assigned?.to ?? acknowledgedBy),
          since,
          severity,
          accountCount,
        },
      },
    ],
  };
}
