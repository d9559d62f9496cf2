import type { Campaign, Family, Reason } from '../../campaigns/campaign.ts';
import { escapeText, personText } from '../escape-text.ts';
import {
  formatAgo,
  formatCount,
  formatNumber,
  formatPercent,
  formatRatio,
  formatTime,
  formatWords,
} from '../format.ts';

const KIND = { extraction: 'distillation campaign', resale: 'resale network' } as const;
const STATUS = {
  suspected: 'Suspected',
  acknowledged: 'Acknowledged',
  confirmed: 'Confirmed',
  contained: 'Contained',
  dismissed: 'Dismissed',
  merged: 'Merged',
} as const;

/** `C-12 · Suspected distillation campaign` */
export function titleOf({ id, status, kind }: Campaign): string {
  return `${id} · ${STATUS[status]} ${KIND[kind]}`;
}

/** How bad, how sure. */
export function gradeOf({ severity, confidence }: Campaign): string {
  return `*${severity}* · ${formatPercent(confidence)} sure`;
}

/** How many, since when, how fast, and whether it grows. */
export function extentOf(campaign: Campaign): string {
  const { accountCount, exchangeCount, firstExchangeAt, evidence } = campaign;
  const counts = `*${formatCount(accountCount, 'account')}, ${formatCount(exchangeCount, 'exchange')}*`;
  const since = firstExchangeAt === null ? '' : ` since ${formatTime(firstExchangeAt)}`;
  const pace = evidence.perAccountDay > 0 ? [`about ${formatPace(evidence.perAccountDay)} a day each`] : [];
  return [counts + since, ...pace, ...trendOf(evidence.growth)].join(', ');
}

/** One line a family: the reason of most weight, and whom it covers where that is not everyone. */
export function familyLines(campaign: Campaign): string[] {
  const best = new Map<Family, Reason>();
  for (const reason of campaign.evidence.reasons.toSorted((a, b) => b.weight - a.weight)) {
    if (!best.has(reason.family)) best.set(reason.family, reason);
  }
  return [...best.values()].map((reason) => `• *${reason.family}*: ${escapeText(reason.text)}`);
}

/** What it asks for, against everyone else. */
export function targetText({ evidence }: Campaign): string | undefined {
  const targets = evidence.targets.slice(0, 4).map(({ capability, share, ratio }) => {
    const name = escapeText(formatWords(capability), 40);
    return `${name} (${formatPercent(share)} of it, ${formatRatio(ratio)} everyone else's share)`;
  });
  return targets.length === 0 ? undefined : targets.join(', ');
}

export function ruledOutText({ evidence }: Campaign): string | undefined {
  const named = evidence.ruledOut.slice(0, 12).map((cause) => escapeText(cause, 80));
  const more = evidence.ruledOut.length - named.length;
  if (named.length === 0) return undefined;
  return named.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '');
}

/** Who has it, or for how long nobody has; who is to deal with it, and until when it is silent. */
export function stateText(campaign: Campaign): string {
  const { assigned, snooze, mergedInto, splitFrom } = campaign;
  return [
    answerText(campaign),
    ...(assigned === null ? [] : [`assigned to ${personText(assigned.to)}`]),
    ...(snooze === null
      ? []
      : [`snoozed until ${formatTime(snooze.until)} by ${personText(snooze.by)}: ${escapeText(snooze.reason, 200)}`]),
    ...(mergedInto === null ? [] : [`into ${mergedInto}`]),
    ...(splitFrom === null ? [] : [`split from ${splitFrom}`]),
  ].join(' · ');
}

function answerText(campaign: Campaign): string {
  const { status, acknowledgedBy, acknowledgedAt, alertedAt, createdAt } = campaign;
  const taken =
    acknowledgedBy === null
      ? undefined
      : `acknowledged by ${personText(acknowledgedBy)}${acknowledgedAt === null ? '' : ` ${formatTime(acknowledgedAt)}`}`;
  if (status === 'suspected') {
    const since = alertedAt ?? createdAt;
    // Woken or reopened: the wait is that since then.
    if (campaign.call !== null && campaign.call.since > since) {
      return `Unanswered since ${formatTime(campaign.call.since)}; first alerted ${formatTime(since)}`;
    }
    return `Unanswered: first alerted ${formatAgo(since)} (${formatTime(since)})`;
  }
  if (campaign.decided !== null && (status === 'confirmed' || status === 'dismissed')) {
    const { by, at, reason } = campaign.decided;
    return `${STATUS[status]} by ${personText(by)} ${formatTime(at)}: ${escapeText(reason, 300)}`;
  }
  if (status === 'acknowledged') {
    const ranOut = campaign.call !== null && campaign.call.level > 0;
    return `${capitalise(taken ?? 'acknowledged')}${ranOut ? ', which has run out' : ''}`;
  }
  return taken === undefined ? STATUS[status] : `${STATUS[status]}; ${taken}`;
}

function formatPace(perDay: number): string {
  return perDay < 10 ? perDay.toFixed(1) : formatNumber(perDay);
}

/** `growth` is the last full day's exchanges against those of the day before. */
function trendOf(growth: number | null): string[] {
  if (growth === null) return [];
  if (growth >= 1.1) return ['still growing'];
  return [growth <= 0.9 ? 'slowing down' : 'at a steady pace'];
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
