import { DateTime } from 'luxon';
import { type Digest, isQuiet } from '../../campaigns/digest.ts';
import { escapeText } from '../escape-text.ts';
import { formatCount, formatDuration, formatNumber, formatTime } from '../format.ts';
import { actionTitle } from './action-words.ts';
import { type Block, context, header, section } from './block.ts';
import { changeText } from './change.ts';
import { campaignTable } from './digest-campaigns.ts';
import { monthBlocks, seriesChart } from './digest-history.ts';
import { escalationLine } from './escalation.ts';
import { gapLines } from './gaps.ts';
import { precisionText } from './judged.ts';
import { type Message, messageOf, noticeOf } from './message.ts';
import { auditText, freshnessText } from './status.ts';

const DECISIONS: Record<string, string> = {
  'campaign.acknowledge': 'acknowledged',
  'campaign.confirm': 'confirmed',
  'campaign.contain': 'contained',
  'campaign.dismiss': 'dismissed',
  'campaign.snooze': 'snoozed',
  'campaign.reopen': 'reopened',
  'campaign.merge': 'merged into another',
  'campaign.split': 'split',
};

/** The daily digest; a quiet day is one line. `respondersGroup` is whom waits are for: named, not called. */
export function digestMessage(
  digest: Digest,
  { nameOf, respondersGroup }: { nameOf: (actor: string) => string; respondersGroup?: string | undefined },
): Message {
  const day = DateTime.fromMillis(digest.to, { zone: digest.timezone, locale: 'en' }).toFormat('cccc');
  const foot = `data ${freshnessText(digest.eventsUntil, digest.to)} · audit head ${auditText(digest.audit)}`;
  if (isQuiet(digest)) return noticeOf(`*${day}’s digest* · quiet: nothing new, nothing waits · ${foot}`);
  return messageOf([
    header(`${day}’s digest`),
    section([summaryOf(digest)], 600),
    ...campaignTable(digest, respondersGroup),
    list(
      'Decided',
      digest.decided.map(
        (line) =>
          `${named(line)} · ${DECISIONS[line.action] ?? 'changed'} by ${escapeText(nameOf(line.actor), 80)} ${formatTime(line.at)}${line.why === '' ? '' : `: ${escapeText(line.why, 120)}`}`,
      ),
    ),
    list(
      'Escalated',
      digest.escalations.map((each) => escalationLine(each, (actor) => escapeText(nameOf(actor), 80))),
    ),
    list(
      'Changed for all campaigns',
      digest.changed.map((change) => changeText(change, nameOf)),
    ),
    list('Hands over', handoverLines(digest, nameOf)),
    list('Missed by detections', gapLines(digest.gaps)),
    section([figures(digest)], 900),
    ...seriesChart(digest),
    ...monthBlocks(digest),
    context([foot, ...outboxLine(digest)]),
  ]);
}

/** The digest in a line: how much of what. */
export function summaryOf({ fresh, grown, decided, waiting, day }: Digest): string {
  const parts = [
    `${formatCount(fresh.length, 'campaign')} new`,
    ...(grown.length === 0 ? [] : [`${formatNumber(grown.length)} growing`]),
    ...(day.contained === 0 ? [] : [`${formatNumber(day.contained)} contained`]),
    ...(day.dismissed === 0 ? [] : [`${formatNumber(day.dismissed)} dismissed`]),
    ...(decided.length === 0 ? [] : [formatCount(decided.length, 'decision')]),
    waiting.length === 0 ? 'nothing waits' : `${formatNumber(waiting.length)} waiting for an answer`,
  ];
  return parts.join(' · ');
}

/** What the next shift takes over: who has what, what wakes, what waits for an approval. */
function handoverLines({ held, snoozesEnding, approvals }: Digest, nameOf: (actor: string) => string): string[] {
  const name = (actor: string) => escapeText(nameOf(actor), 80);
  return [
    ...approvals.map(
      (proposal) => `*${actionTitle(proposal)}* waits for an approval, until ${formatTime(proposal.until)}`,
    ),
    ...snoozesEnding.map(
      ({ id, until, by, reason }) =>
        `*${id}*’s snooze by ${name(by)} ends ${formatTime(until)}: ${escapeText(reason, 80)}`,
    ),
    ...held.map(
      ({ id, severity, holder, since }) =>
        `*${id}* ${severity} · ${name(holder)} has it${since === null ? '' : ` since ${formatTime(since)}`}`,
    ),
  ];
}

/** Today's figures with yesterday's in brackets. */
function figures({ day, dayBefore, precision }: Digest): string {
  const duration = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  const standing = precisionText(precision);
  return [
    `*Since yesterday* alerts ${formatNumber(day.alerts)} (${formatNumber(dayBefore.alerts)})`,
    `time to acknowledge ${duration(day.toAcknowledgeMs)} (${duration(dayBefore.toAcknowledgeMs)})`,
    `to contain ${duration(day.toContainMs)} (${duration(dayBefore.toContainMs)})`,
    `contained ${formatNumber(day.contained)} (${formatNumber(dayBefore.contained)})`,
    `dismissed ${formatNumber(day.dismissed)} (${formatNumber(dayBefore.dismissed)})${standing === '' ? '' : `, so ${standing}`}`,
    `quarantined ${formatCount(day.quarantined, 'record')} (${formatNumber(dayBefore.quarantined)})`,
  ].join(' · ');
}

function outboxLine({ outbox }: Digest): string[] {
  return outbox.dead === 0
    ? []
    : [`:warning: ${formatCount(outbox.dead, 'post')} could not be delivered and was given up`];
}

function named({ id, severity, kind }: { id: string; severity: string; kind: string }): string {
  return `*${id}* ${severity}${kind === 'resale' ? ' resale' : ''}`;
}

function list(title: string, lines: readonly string[]): Block | null {
  return lines.length === 0 ? null : section([`*${title}*`, ...lines.map((line) => `• ${line}`)], 800);
}
