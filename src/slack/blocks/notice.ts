import type { Notice } from '../../campaigns/notice.ts';
import { formatTime } from '../format.ts';
import { actions, button, section } from './block.ts';
import { type Message, messageOf } from './message.ts';

/** Tells a channel of a campaign whose message stands in another. */
export function noticeMessage({ campaign, from, to, standsIn, at }: Notice): Message {
  return messageOf([
    section([
      `*${campaign} rose to ${to}* from ${from} ${formatTime(at)}. Its message and its thread are in <#${standsIn}>.`,
    ]),
    actions([button('ack.press', 'Acknowledge', campaign, 'primary'), button('show.detail', 'Show', campaign)]),
  ]);
}
