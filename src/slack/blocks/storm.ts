import type { Campaign } from '../../campaigns/campaign.ts';
import type { Storm } from '../../campaigns/storm.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { button, context, header, section } from './block.ts';
import { campaignLines } from './campaign-list.ts';
import { type Message, messageOf } from './message.ts';

/** Each with its own button; the rest is counted. */
const MOST = 20;

/** The one message of many new campaigns, worst first: who has which, and which still wait. */
export function stormMessage({ begunAt, campaigns }: Storm): Message {
  const waiting = campaigns.filter(({ status }) => status === 'suspected');
  // What waits comes first, so that it is not what is left out.
  const shown = [...waiting, ...campaigns.filter(({ status }) => status !== 'suspected')].slice(0, MOST);
  const more = campaigns.length - shown.length;
  return messageOf([
    header(`${formatCount(campaigns.length, 'new campaign')} at once`),
    section([
      `Since ${formatTime(begunAt)}; ${formatNumber(waiting.length)} unanswered. Each gets its own message and thread when somebody opens or acknowledges it.`,
    ]),
    ...shown.map(line),
    context([
      ...(more > 0 ? [`… and ${formatNumber(more)} more`] : []),
      '`/campaign list suspected` has them all; `/campaign ack` takes one.',
    ]),
  ]);
}

function line(campaign: Campaign) {
  const { id, post } = campaign;
  const text = section(campaignLines(campaign), 250);
  return post === null ? { ...text, accessory: button(`show.open:${id}`, 'Open', id) } : text;
}
