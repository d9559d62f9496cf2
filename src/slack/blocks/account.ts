import type {
  AccountActivity,
  AccountHit,
  AccountMembership,
  AccountProfile,
} from '../../campaigns/account-profile.ts';
import { codeText, escapeText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { type Block, context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** Everything known of one account, for one person. */
export function accountMessage(profile: AccountProfile): Message {
  const { campaigns, hits, activity } = profile;
  return messageOf([
    header('Account'),
    section([codeText(profile.accountId), factsText(profile)], 1_800),
    section(['*Campaigns*', ...(campaigns.length === 0 ? ['In none.'] : campaigns.map(membershipLine))], 2_000),
    section(['*Found by*', ...(hits.length === 0 ? ['No detection at present.'] : hits.map(hitLine))], 2_500),
    section(['*Activity*', ...(activity.length === 0 ? ['None in these two weeks.'] : activity.map(dayLine))], 2_000),
    ...activityChart(activity),
    context(['Days are UTC. The text of prompts is never kept: traits are keyed hashes.']),
  ]);
}

export function noSuchAccount(id: string): Message {
  return noticeOf(
    `No account ${codeText(id)} is known: check the spelling; ids are told apart by upper and lower case.`,
  );
}

function factsText(profile: AccountProfile): string {
  const { createdAt, organizationId, status, statusAt } = profile;
  const named = (label: string, value: string | null) => (value === null ? [] : [`${label} ${codeText(value, 80)}`]);
  return [
    `*${escapeText(status, 20)}*${statusAt === null ? '' : ` since ${formatTime(statusAt)}`}`,
    createdAt === null ? 'unknown to the account records' : `created ${formatTime(createdAt)}`,
    organizationId === null ? 'no organisation' : `organisation ${codeText(organizationId, 128)}`,
    ...named('plan', profile.plan),
    ...named('programme', profile.program),
    ...named('pays by', profile.paymentKind),
    ...named('verified by', profile.verification),
    ...named('mail', profile.emailDomain),
    ...named('country', profile.country),
  ].join(' · ');
}

function membershipLine({
  campaign,
  status,
  severity,
  standing,
  detections,
  joinedAt,
  leftAt,
}: AccountMembership): string {
  const since =
    leftAt === null ? `since ${formatTime(joinedAt)}` : `from ${formatTime(joinedAt)} to ${formatTime(leftAt)}`;
  const review = standing === 'review' ? ' · to be reviewed' : '';
  return `• *${campaign}* ${severity} ${status}${review} · ${since} · ${escapeText(detections.join(', '), 120)}`;
}

export function hitLine({ detection, trait, weight, others, evidence, foundAt, shadow }: AccountHit): string {
  const figures = Object.entries(evidence)
    .slice(0, 6)
    .map(([name, value]) => `${escapeText(name, 30)} ${escapeText(String(value), 30)}`);
  const about = figures.length === 0 ? '' : ` (${figures.join(', ')})`;
  const company = others === 0 ? 'by itself' : `with ${formatCount(others, 'other account')}`;
  return `• ${codeText(detection, 60)} ${company}, weight ${weight.toFixed(1)}, trait ${codeText(trait, 40)}${about}, since ${formatTime(foundAt)}${shadow ? ' · shadow: counts for nothing' : ''}`;
}

function dayLine({
  day,
  exchanges,
  refused,
  inputTokens,
  outputTokens,
  elicited,
  activeHours,
}: AccountActivity): string {
  return `• ${day}: ${formatCount(exchanges, 'exchange')} in ${formatCount(activeHours, 'hour')}, ${formatNumber(elicited)} asking for reasoning or grades, ${formatNumber(refused)} refused, tokens ${formatNumber(inputTokens)} in, ${formatNumber(outputTokens)} out`;
}

/** The same as the lines above it. */
function activityChart(activity: readonly AccountActivity[]): Block[] {
  if (activity.length < 2) return [];
  const shown = activity.slice(-20);
  const data = shown.map(({ day, exchanges }) => ({ label: day, value: exchanges }));
  return [
    {
      type: 'data_visualization',
      title: 'Exchanges per day',
      chart: {
        type: 'bar',
        series: [{ name: 'exchanges', data }],
        axis_config: { categories: shown.map(({ day }) => day), x_label: 'UTC', y_label: 'exchanges' },
      },
    },
  ];
}
