import type { Notice } from '../../campaigns/notice.ts';
import { formatCount, formatTime } from '../format.ts';
import { actions, button, context, section } from './block.ts';
import { type Message, messageOf } from './message.ts';

/** Something told in a channel by itself. `callGroup` calls a user group. */
export function noticeMessage(
  notice: Extract<Notice, { type: 'risen' | 'called' }>,
  callGroup: (group: string) => string,
): Message {
  return notice.type === 'risen' ? risen(notice) : called(notice, callGroup);
}

/** A campaign whose message stands in another channel. */
function risen({ campaign, from, to, standsIn, at }: Extract<Notice, { type: 'risen' }>): Message {
  return messageOf([
    section([
      `*${campaign} rose to ${to}* from ${from} ${formatTime(at)}. Its message and its thread are in <#${standsIn}>.`,
    ]),
    actions([button('ack.press', 'Acknowledge', campaign, 'primary'), button('show.detail', 'Show', campaign)]),
  ]);
}

function called(
  { group, campaigns }: Extract<Notice, { type: 'called' }>,
  callGroup: (group: string) => string,
): Message {
  const whom = group === null ? '' : `${callGroup(group)} `;
  return messageOf([
    section([
      `${whom}*${formatCount(campaigns.length, 'campaign')} of the storm ${campaigns.length === 1 ? 'waits' : 'wait'} for somebody*:`,
    ]),
    section(
      campaigns.map(
        ({ id, severity, accountCount, since }) =>
          `• *${id}* ${severity}, ${formatCount(accountCount, 'account')}, since ${formatTime(since)}`,
      ),
      2_000,
    ),
    context(['`/campaign ack` takes one; each then gets its own message.']),
  ]);
}
