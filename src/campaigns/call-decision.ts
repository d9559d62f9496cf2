import type { Call, Campaign } from './campaign.ts';
import type { Rota } from './rota.ts';

/** Whether somebody is to be called about a campaign, whom, and why. */
export type CallDecision =
  /** `group` is null where the holder alone is reminded, or no group is configured. `level`: calls in this wait so far. */
  | { call: true; reason: 'unanswered' | 'ran_out' | 'lapsed'; level: number; group: string | null }
  | { call: false; reason: 'not_alerted' | 'snoozed' | 'decided' | 'no_limit' | 'not_due' };

type Subject = Pick<Campaign, 'status' | 'severity' | 'alertedAt' | 'acknowledgedAt' | 'snooze' | 'call'>;

/** Repeated calls of the last group come ever more rarely, up to this many doublings apart. */
const MOST_DOUBLINGS = 5;

/**
 * The shift is called at once, each next group when the one before let the severity's limit pass. Who holds a campaign is
 * reminded when the acknowledgement runs out; without a word from them it goes back to the shift. `now`: epoch milliseconds.
 */
export function decideCall(campaign: Subject, now: number, rota: Rota): CallDecision {
  const { status, alertedAt, snooze } = campaign;
  if (alertedAt === null) return { call: false, reason: 'not_alerted' };
  if (snooze !== null && snooze.until > now) return { call: false, reason: 'snoozed' };
  if (status === 'suspected') return unanswered(campaign, alertedAt, now, rota);
  return status === 'acknowledged' ? held(campaign, now, rota) : { call: false, reason: 'decided' };
}

function unanswered({ severity, call }: Subject, alertedAt: number, now: number, rota: Rota): CallDecision {
  const { groups, answerWithinMs } = rota;
  const limit = answerWithinMs[severity];
  if (groups.length === 0 || limit === null) return { call: false, reason: 'no_limit' };
  const { since, level, calledAt }: Call = call ?? { since: alertedAt, level: 0, calledAt: null };
  const doublings = Math.min(MOST_DOUBLINGS, Math.max(0, level - groups.length));
  const due = level === 0 ? since : (calledAt ?? since) + limit * 2 ** doublings;
  if (now < due) return { call: false, reason: 'not_due' };
  const group = groups[Math.min(level, groups.length - 1)] ?? null;
  return { call: true, reason: 'unanswered', level: level + 1, group };
}

function held({ severity, call, acknowledgedAt }: Subject, now: number, rota: Rota): CallDecision {
  const holds = rota.holdsMs[severity];
  const since = call?.since ?? acknowledgedAt;
  if (holds === null || since === null) return { call: false, reason: 'no_limit' };
  if (call === null || call.level === 0) {
    const due = now >= since + holds;
    return due ? { call: true, reason: 'ran_out', level: 1, group: null } : { call: false, reason: 'not_due' };
  }
  const grace = rota.answerWithinMs[severity] ?? holds;
  if (now < (call.calledAt ?? since) + grace) return { call: false, reason: 'not_due' };
  return { call: true, reason: 'lapsed', level: 1, group: rota.groups[0] ?? null };
}
