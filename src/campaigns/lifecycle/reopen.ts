import type { Alerted, Campaign, Status } from '../campaign.ts';
import type { Decision } from '../effect.ts';

export type ReopenRefusal = { reason: 'open'; status: Status } | { reason: 'merged'; into: string | null };

/** A person takes back that a campaign was dismissed or contained: it waits for an answer again. */
export function reopenCampaign(
  campaign: Campaign,
  { actor, now, why }: { actor: string; now: number; why: string },
): Decision<ReopenRefusal> {
  const { status } = campaign;
  if (status === 'merged') return { ok: false, reason: 'merged', into: campaign.mergedInto };
  if (status !== 'dismissed' && status !== 'contained') return { ok: false, reason: 'open', status };
  const after = sayable(campaign);
  return {
    ok: true,
    campaign: { ...reopened(campaign, now), alerted: after },
    effects: [
      { type: 'audit', action: 'campaign.reopen', reason: why, detail: { from: status } },
      {
        type: 'reply',
        reply: { type: 'alert', reason: 'reopened', at: now, before: campaign.alerted, after, by: actor, note: why },
      },
    ],
  };
}

/** A campaign that waits for an answer again, as from an alert at `now`. */
export function reopened(campaign: Campaign, now: number): Campaign {
  return {
    ...campaign,
    status: 'suspected',
    decided: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    snooze: null,
    call: { since: now, level: 0, calledAt: null },
  };
}

/** Why Retort itself opens a dismissed campaign again, in a sentence. */
export function reopenNote({ decided, alerted, accountCount }: Campaign): string {
  const before = decided?.accountCount ?? alerted?.accountCount ?? 0;
  const times = before === 0 ? '' : `, ${(accountCount / before).toFixed(1)} times as many`;
  const why = decided === null ? '' : ` It was dismissed because: ${decided.reason}`;
  return `It had ${before} accounts when it was dismissed, and has ${accountCount} now${times}.${why}`;
}

const sayable = ({ severity, accountCount, families }: Campaign): Alerted => ({ severity, accountCount, families });
