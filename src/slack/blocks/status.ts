import { STALE_AFTER_MS } from '../../campaigns/ailment.ts';
import type { LoadProblem } from '../../campaigns/detection-desk.ts';
import type { StatusFigures } from '../../campaigns/status-figures.ts';
import { formatProposalId } from '../../campaigns/proposal.ts';
import { MINUTE_MS } from '../../time-units.ts';
import { actionTitle, blockedText } from './action-words.ts';
import { formatAgo, formatCount, formatDuration, formatNumber, formatTime } from '../format.ts';
import { header, section } from './block.ts';
import { problemLines } from './detections.ts';
import { gapLines } from './gaps.ts';
import { type Message, messageOf } from './message.ts';

/** A post that waits longer than this is worth a look. */
const SLOW_POST_MS = 5 * MINUTE_MS;

/** `problems`: what cannot be loaded of the operator's own detections. */
export function statusMessage(figures: StatusFigures, problems: readonly LoadProblem[]): Message {
  const { now, eventsUntil, campaigns, oldestUnansweredAt, quarantinedDay, outbox, audit, gaps } = figures;
  const counts = Object.entries(campaigns).map(([status, count]) => `${formatNumber(count)} ${status}`);
  const waiting = oldestUnansweredAt === null ? '' : ` · longest unanswered since ${formatTime(oldestUnansweredAt)}`;
  return messageOf([
    header('Retort’s state'),
    section([
      `*Data* ${freshnessText(eventsUntil, now)}`,
      `*Campaigns* ${counts.length === 0 ? 'none yet' : counts.join(', ')}${waiting}`,
      `*Posts* ${outboxText(outbox, now)}`,
      `*Quarantine* ${formatCount(quarantinedDay, 'record')} in the last day`,
      `*Enforcement* ${actionsText(figures.actions)}`,
      ...holdLines(figures.holds),
      `*Audit* ${auditText(audit)}`,
    ]),
    gaps.length === 0 ? null : section(['*Missed by detections*', ...gapLines(gaps)], 2_000),
    problems.length === 0 ? null : section(problemLines(problems), 1_000),
  ]);
}

/** What legal holds keep: days of exchanges that retention would drop. */
function holdLines(holds: StatusFigures['holds']): string[] {
  const [earliest] = holds;
  if (earliest === undefined) return [];
  const named = holds.slice(0, 8).map(({ campaign }) => campaign);
  const more = holds.length > named.length ? ` and ${formatNumber(holds.length - named.length)} more` : '';
  const who = `${named.join(', ')}${more} ${holds.length === 1 ? 'is' : 'are'} held for legal`;
  return [
    `*Retention* ${who}: no exchange since ${formatTime(earliest.firstAt)} is dropped, however old, until an approver lifts ${holds.length === 1 ? 'the hold' : 'the holds'}`,
  ];
}

/** `fresh to 08:58`, or how stale and what that means. */
export function freshnessText(until: number | null, now: number): string {
  if (until === null) return 'none yet: nothing was ingested';
  if (now - until <= STALE_AFTER_MS) return `fresh to ${formatTime(until)}`;
  return `:warning: stale: nothing newer than ${formatTime(until)}, ${formatDuration(now - until)} ago. Detections see nothing since`;
}

/** `9f3c…a1, 1,204 entries` */
export function auditText({ entries, hash }: StatusFigures['audit']): string {
  return entries === 0
    ? 'no entries yet'
    : `\`${hash.slice(0, 12)}…${hash.slice(-4)}\`, ${formatNumber(entries)} ${entries === 1 ? 'entry' : 'entries'}`;
}

function actionsText({ freeze, waiting }: StatusFigures['actions']): string {
  const frozen =
    freeze === null
      ? ''
      : `:no_entry: ${blockedText({ reason: 'frozen', by: freeze.by, at: freeze.at, why: freeze.reason })} · `;
  if (waiting.length === 0) return `${frozen}nothing waits for approval`;
  const named = waiting
    .slice(0, 5)
    .map((each) => `${formatProposalId(each.number)} (${actionTitle(each)}) until ${formatTime(each.expiresAt)}`);
  const more = waiting.length > named.length ? ` and ${formatNumber(waiting.length - named.length)} more` : '';
  return `${frozen}waiting for approval: ${named.join(', ')}${more}`;
}

function outboxText({ waiting, dead, oldestWaitingAt }: StatusFigures['outbox'], now: number): string {
  const slow = oldestWaitingAt !== null && now - oldestWaitingAt > SLOW_POST_MS;
  const queue =
    waiting === 0 || oldestWaitingAt === null
      ? 'none waiting'
      : `${slow ? ':warning: ' : ''}${formatNumber(waiting)} waiting, the oldest since ${formatAgo(oldestWaitingAt)}`;
  return dead === 0 ? queue : `${queue} · :warning: ${formatNumber(dead)} given up`;
}
