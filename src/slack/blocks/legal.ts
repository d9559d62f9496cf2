import type { Campaign, Status } from '../../campaigns/campaign.ts';
import type { Notice } from '../../campaigns/notice.ts';
import { escapeText } from '../escape-text.ts';
import { formatTime } from '../format.ts';
import { context, section } from './block.ts';
import { campaignBody } from './campaign-root.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** What legal and policy are told: what to do, who asks and why, and all that is known without naming an account. */
export function legalMessage(
  { by, why, link, at }: Extract<Notice, { type: 'legal' }>,
  campaign: Campaign,
  nameOf: (actor: string) => string,
): Message {
  const { id } = campaign;
  const where = link === null ? '' : ` · <${link}|Its message>`;
  return messageOf([
    section([
      `*${id}: preserve evidence, do not tip off.*`,
      `*${escapeText(nameOf(by), 80)}* asks ${formatTime(at)}: ${escapeText(why, 500)}`,
    ]),
    ...campaignBody(campaign),
    context([
      `${id} is held: Retort touches none of its accounts until an approver says \`/campaign hold lift ${id}\`. Contact none of them meanwhile, and delete nothing of theirs.`,
      `\`/campaign evidence ${id}\` makes the evidence package, \`/campaign show ${id}\` tells the present state${where}`,
    ]),
  ]);
}

/** What became of it. The hold stays, whatever did. */
export function legalNews(
  { campaign, status, by, at }: Extract<Notice, { type: 'legal_news' }>,
  nameOf: (actor: string) => string,
): Message {
  const who = by === 'retort' ? '' : ` by *${escapeText(nameOf(by), 80)}*`;
  return noticeOf(`*${campaign}* ${BECAME[status]}${who} ${formatTime(at)}. Its hold stays until it is lifted.`);
}

const BECAME: Record<Status, string> = {
  suspected: 'waits for an answer',
  acknowledged: 'was acknowledged',
  confirmed: 'was confirmed',
  contained: 'was contained',
  dismissed: 'was dismissed',
  merged: 'was merged into another campaign',
};
