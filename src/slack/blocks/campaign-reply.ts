import type { Campaign } from '../../campaigns/campaign.ts';
import type { Reply } from '../../campaigns/reply.ts';
import { escapeText, groupText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { lifecycleText } from './lifecycle-reply.ts';
import { type Message, noticeOf } from './message.ts';

type AlertReply = Extract<Reply, { type: 'alert' }>;

/** One line of a campaign's thread. `nameOf` gives a person's name: a mention would call them to what they just did. */
export function campaignReply(
  campaign: Pick<Campaign, 'id'>,
  reply: Reply,
  nameOf: (actor: string) => string,
  callGroup: (group: string) => string = groupText,
): Message {
  if (reply.type === 'acknowledged') {
    return noticeOf(`*${escapeText(nameOf(reply.by), 80)}* acknowledged ${campaign.id} ${formatTime(reply.at)}.`);
  }
  if (reply.type === 'confirmed' || reply.type === 'dismissed') {
    const who = escapeText(nameOf(reply.by), 80);
    return noticeOf(`*${who}* ${reply.type} ${campaign.id} ${formatTime(reply.at)}: ${escapeText(reply.why, 500)}`);
  }
  if (reply.type !== 'alert') return noticeOf(...lifecycleText(campaign.id, reply, { nameOf, callGroup }));
  const by = reply.by === undefined ? '' : `*${escapeText(nameOf(reply.by), 80)}*: `;
  const note = reply.note === undefined ? [] : [by + escapeText(reply.note, 600)];
  return noticeOf(`${alertText(campaign.id, reply)} ${formatTime(reply.at)}`, ...note);
}

function alertText(id: string, { reason, before, after }: AlertReply): string {
  const accounts = formatCount(after.accountCount, 'account');
  const added = after.families.filter((family) => !(before?.families ?? []).includes(family));
  const from = (value: string | undefined) => (value === undefined ? '' : ` from ${value}`);
  const texts: Record<AlertReply['reason'], string> = {
    grew: `*${id} grew* to ${accounts}${from(before === null ? undefined : formatNumber(before.accountCount))}.`,
    escalated: `*${id} rose to ${after.severity}*${from(before?.severity)}: ${accounts}.`,
    new_family: `*${id} is tied by new evidence*: ${(added.length > 0 ? added : after.families).join(', ')}. ${accounts}.`,
    pivot: `*${id} moved to another model*: ${accounts}.`,
    failover: `*${id} came back in fresh accounts*: ${accounts}.`,
    reopened: `*${id} is open again* · ${after.severity} · ${accounts}.`,
    repeat_elapsed: `*${id} still waits for someone* · ${after.severity} · ${accounts}.`,
  };
  return texts[reason];
}
