import { MINUTE_MS } from '../../time-units.ts';
import type { Campaign, Status } from '../campaign.ts';
import type { Decision } from '../effect.ts';

/** Shorter is not worth a click; longer is a dismissal in disguise. */
const SHORTEST_SNOOZE_MS = 10 * MINUTE_MS;
const LONGEST_SNOOZE_MS = 30 * 24 * 60 * MINUTE_MS;

export type SnoozeRefusal = { reason: 'ended'; status: Status } | { reason: 'too_short' } | { reason: 'too_long' };

/** A person silences a campaign until a time, epoch milliseconds; a rise in severity still alerts. */
export function snoozeCampaign(
  campaign: Campaign,
  { actor, now, until, why }: { actor: string; now: number; until: number; why: string },
): Decision<SnoozeRefusal> {
  const { status, severity, accountCount } = campaign;
  if (status === 'dismissed' || status === 'merged') return { ok: false, reason: 'ended', status };
  if (until - now < SHORTEST_SNOOZE_MS) return { ok: false, reason: 'too_short' };
  if (until - now > LONGEST_SNOOZE_MS) return { ok: false, reason: 'too_long' };
  return {
    ok: true,
    campaign: {
      ...campaign,
      snooze: { by: actor, at: now, until, reason: why, severity, accountCount },
      call: null,
      // Whoever puts it off has answered it.
      ...(status === 'suspected' ? { status: 'acknowledged', acknowledgedBy: actor, acknowledgedAt: now } : {}),
    },
    effects: [
      { type: 'audit', action: 'campaign.snooze', reason: why, detail: { until: new Date(until).toISOString() } },
      { type: 'reply', reply: { type: 'snoozed', at: now, by: actor, until, why } },
    ],
  };
}

/** A person ends a snooze before its time. */
export function unsnoozeCampaign(
  campaign: Campaign,
  { actor, now }: { actor: string; now: number },
): Decision<{ reason: 'not_snoozed' }> {
  if (campaign.snooze === null) return { ok: false, reason: 'not_snoozed' };
  return {
    ok: true,
    campaign: { ...campaign, snooze: null, call: waitFrom(now) },
    effects: [
      { type: 'audit', action: 'campaign.unsnooze', reason: 'before its time' },
      { type: 'reply', reply: { type: 'unsnoozed', at: now, by: actor } },
    ],
  };
}

/** A snooze's time has come: the campaign is heard of again, and says what became of it meanwhile. */
export function wakeCampaign(campaign: Campaign, now: number): Decision<{ reason: 'sleeping' | 'not_snoozed' }> {
  const { snooze, severity, accountCount, families } = campaign;
  if (snooze === null) return { ok: false, reason: 'not_snoozed' };
  if (snooze.until > now) return { ok: false, reason: 'sleeping' };
  return {
    ok: true,
    campaign: {
      ...campaign,
      snooze: null,
      call: waitFrom(now),
      // The thread has just told it: what comes next is measured against this.
      alerted: { severity, accountCount, families },
    },
    effects: [
      { type: 'audit', action: 'campaign.wake', reason: 'its time has come', detail: { accountCount } },
      {
        type: 'reply',
        reply: {
          type: 'woke',
          at: now,
          holder: campaign.assigned?.to ?? snooze.by,
          before: snooze,
          accountCount,
          severity,
        },
      },
    ],
  };
}

const waitFrom = (now: number) => ({ since: now, level: 0, calledAt: null });
