import { SEVERITIES, type Alerted, type Campaign, type Family, type Severity } from './campaign.ts';

/** Why an alert goes out or does not: the same word stands in the thread, the log and the audit. */
export type AlertDecision =
  | { send: true; reason: 'first' | 'escalated' | 'new_family' | 'grew' | 'reopened' }
  | { send: false; reason: 'quiet' | 'snoozed' | 'dismissed' | 'below_threshold' | 'too_few_families' };

/** What the decision looks at. */
export type AlertSubject = Pick<
  Campaign,
  'kind' | 'status' | 'confidence' | 'severity' | 'accountCount' | 'families' | 'alerted' | 'snooze' | 'decided'
>;

/** Nine in ten campaigns at this confidence are to be real; checked by the reliability table of the benchmark. */
export const ALERT_CONFIDENCE = 0.9;
/** Independent families: resale's are the weaker ones, which offices and courses share by twos. */
const FAMILIES_NEEDED = { extraction: 2, resale: 3 } as const;
/** Of these one at least: networks, clients, hours and output are what one cloud's or one office's automation has in common. */
const TELLING: ReadonlySet<Family> = new Set(['content', 'payment', 'identity']);
/** Growth worth a word: by half, and by some accounts. */
const GROWTH_FACTOR = 1.5;
const GROWTH_ACCOUNTS = 10;
/** Growth that makes a dismissal out of date: docs/decisions/0014-dismissed-campaigns-come-back.md. */
const REOPEN_FACTOR = 3;
const REOPEN_ACCOUNTS = 20;

/** `now` is epoch milliseconds. */
export function decideAlert(subject: AlertSubject, now: number): AlertDecision {
  if (subject.status === 'merged') return { send: false, reason: 'dismissed' };
  if (subject.status === 'dismissed' && !outgrewDismissal(subject)) return { send: false, reason: 'dismissed' };
  const isTelling = subject.families.some((family) => TELLING.has(family));
  if (!isTelling || subject.families.length < FAMILIES_NEEDED[subject.kind]) {
    return { send: false, reason: 'too_few_families' };
  }
  if (subject.confidence < ALERT_CONFIDENCE) return { send: false, reason: 'below_threshold' };
  if (subject.status === 'dismissed') return { send: true, reason: 'reopened' };
  if (subject.alerted === null) return { send: true, reason: 'first' };
  const decision = sinceLast(subject, subject.alerted);
  // Whoever snoozed it judged it at a lesser severity; anything else waits until it wakes.
  const sleeps = subject.snooze !== null && subject.snooze.until > now;
  return sleeps && decision.reason !== 'escalated' ? { send: false, reason: 'snoozed' } : decision;
}

/** Whether so much was added that the person who dismissed it was speaking of something else. */
function outgrewDismissal({ accountCount, decided, alerted }: AlertSubject): boolean {
  const dismissed = decided?.accountCount ?? alerted?.accountCount;
  if (dismissed === undefined) return false;
  return accountCount >= REOPEN_FACTOR * dismissed && accountCount - dismissed >= REOPEN_ACCOUNTS;
}

function sinceLast(subject: AlertSubject, last: Alerted): AlertDecision {
  if (rank(subject.severity) < rank(last.severity)) return { send: true, reason: 'escalated' };
  if (subject.families.some((family: Family) => !last.families.includes(family))) {
    return { send: true, reason: 'new_family' };
  }
  const grown = subject.accountCount - last.accountCount;
  return grown >= GROWTH_ACCOUNTS && subject.accountCount >= GROWTH_FACTOR * last.accountCount
    ? { send: true, reason: 'grew' }
    : { send: false, reason: 'quiet' };
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** What there is of a campaign that nobody was told of yet. */
export const UNTOLD = { status: 'suspected', alerted: null, snooze: null, decided: null } as const;
