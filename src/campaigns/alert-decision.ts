import { SEVERITIES, type Alerted, type Campaign, type Family, type Severity } from './campaign.ts';

/** Why an alert goes out or does not: the same word stands in the thread, the log and the audit. */
export type AlertDecision =
  | { send: true; reason: 'first' | 'escalated' | 'new_family' | 'grew' }
  | { send: false; reason: 'quiet' | 'dismissed' | 'below_threshold' | 'too_few_families' };

/** What the decision looks at. */
export type AlertSubject = Pick<
  Campaign,
  'kind' | 'status' | 'confidence' | 'severity' | 'accountCount' | 'families' | 'alerted'
>;

/** Nine in ten campaigns at this confidence are to be real; checked by the reliability table of the benchmark. */
const ALERT_CONFIDENCE = 0.9;
/** Independent families: resale's are the weaker ones, which offices and courses share by twos. */
const FAMILIES_NEEDED = { extraction: 2, resale: 3 } as const;
/** Growth worth a word: by half, and by some accounts. */
const GROWTH_FACTOR = 1.5;
const GROWTH_ACCOUNTS = 10;

export function decideAlert(subject: AlertSubject): AlertDecision {
  if (subject.status === 'dismissed' || subject.status === 'merged') return { send: false, reason: 'dismissed' };
  if (subject.families.length < FAMILIES_NEEDED[subject.kind]) return { send: false, reason: 'too_few_families' };
  if (subject.confidence < ALERT_CONFIDENCE) return { send: false, reason: 'below_threshold' };
  return subject.alerted === null ? { send: true, reason: 'first' } : sinceLast(subject, subject.alerted);
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
