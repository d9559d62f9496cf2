import type { Campaign } from '../../campaigns/campaign.ts';
import { escapeText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime, formatUtc, formatWords } from '../format.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import type { EscalationRecord } from '../../campaigns/escalation.ts';
import { campaignBody } from './campaign-root.ts';
import { stateText } from './campaign-words.ts';
import { escalationLine } from './escalation.ts';
import { type Message, messageOf, noticeOf } from './message.ts';
import { codeCell, type Column, plainCell, tableOf } from './table.ts';

/** What is shown of an account in a campaign. */
export interface AccountLine {
  accountId: string;
  /** `review`: tied too loosely to be called a member. */
  standing: 'member' | 'review';
  detections: readonly string[];
  accountStatus: string | null;
}

/** Everything known of a campaign, for one person; `escalations`: all of it, the newest first. */
export function campaignDetail(campaign: Campaign, escalations: readonly EscalationRecord[] = []): Message {
  const { alertedAt, createdAt, updatedAt, lastExchangeAt, detections } = campaign;
  const history = [
    `found ${formatTime(createdAt)}`,
    ...(alertedAt === null ? ['not alerted'] : [`alerted ${formatTime(alertedAt)}`]),
    ...(lastExchangeAt === null ? [] : [`last exchange ${formatTime(lastExchangeAt)}`]),
    `as of ${formatUtc(updatedAt)}`,
  ];
  return messageOf([
    ...campaignBody(campaign),
    context([
      stateText(campaign),
      `Detections: ${escapeText(detections.join(', ') || 'none', 400)}`,
      history.join(' · '),
    ]),
    escalations.length === 0
      ? null
      : section(['*Escalated*', ...escalations.map((each) => `• ${escalationLine(each)}`)], 1_500),
    furtherLooks(campaign.id),
  ]);
}

/** Where there is more to see of it. */
function furtherLooks(id: string): Block {
  return actions(
    [
      button('accounts.page:first', 'Who is in it', `${id} 1`),
      button('why.campaign', 'Why, with the SQL', id),
      button('show.refresh', 'Refresh its message', id),
      button('allow.ask', 'Allow-list…', id),
    ],
    'looks',
  );
}

/** Every reason with its weight, heaviest first. */
export function campaignEvidence(campaign: Campaign): Message {
  return messageOf([...evidenceBlocks(campaign), furtherLooks(campaign.id)]);
}

export function evidenceBlocks(campaign: Campaign): (Block | null)[] {
  const { reasons, ruledOut, targets } = campaign.evidence;
  const why = reasons
    .toSorted((a, b) => b.weight - a.weight)
    .map(
      ({ family, detection, text, accounts, weight }) =>
        `• *${family}* (${escapeText(detection, 60)}): ${escapeText(text)} – ${formatCount(accounts, 'account')}, ${likelihood(weight)}`,
    );
  const after = targets.map(
    ({ capability, ratio }) => `${escapeText(formatWords(capability), 40)} ×${ratio.toFixed(1)}`,
  );
  return [
    header(`${campaign.id} · Evidence`),
    section(why.length === 0 ? ['No reasons are recorded.'] : why),
    after.length === 0 ? null : section([`*After* ${after.join(', ')}`], 1_000),
    section([`*Looked at and ruled out* ${escapeText(ruledOut.join(', ') || 'nothing', 600)}`], 1_500),
  ];
}

const COLUMNS: readonly Column<AccountLine>[] = [
  { title: 'Account', cell: ({ accountId }) => codeCell(accountId) },
  { title: 'Standing', cell: ({ standing }) => plainCell(standing === 'review' ? 'to be reviewed' : 'member') },
  { title: 'Status', cell: ({ accountStatus }) => plainCell(accountStatus ?? '', 20) },
  { title: 'Found by', isWrapped: true, cell: ({ detections }) => plainCell(detections.join(', ')) },
];

/** The first accounts of a campaign, how many there are in all, and how many of these wait to be looked at. */
export function campaignMembers(
  id: string,
  members: readonly AccountLine[],
  { total, review }: { total: number; review: number },
): Message {
  if (total === 0) return noticeOf(`${id} has no accounts at present.`);
  const more = total - members.length;
  return messageOf([
    // The first number is the one that the campaign's message shows.
    header(
      `${id} · ${formatCount(total - review, 'account')}${review > 0 ? `, ${formatNumber(review)} to be reviewed` : ''}`,
    ),
    ...tableOf(COLUMNS, members),
    more > 0 ? context([`… and ${formatNumber(more)} more`]) : null,
  ]);
}

/** A natural logarithm of a likelihood ratio in words. */
function likelihood(weight: number): string {
  const ratio = Math.exp(Math.abs(weight));
  const times = ratio > 1e6 ? 'more than a million' : ratio < 10 ? ratio.toFixed(1) : formatNumber(ratio);
  return `${times} times ${weight >= 0 ? 'likelier' : 'less likely'} of a campaign than of honest traffic`;
}
