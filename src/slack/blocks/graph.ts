import type { CampaignGraph } from '../../campaigns/campaign-graph.ts';
import type { GraphDesk } from '../../campaigns/graph-desk.ts';
import { escapeText } from '../escape-text.ts';
import { formatCount, formatNumber } from '../format.ts';
import { type Message, noticeOf } from './message.ts';
import { noSuchCampaign } from './refusal.ts';

const MOST_TIES = 6;

/** What the picture shows, for those who do not see it. */
export function graphWords(id: string, { ties, accounts, left }: CampaignGraph): string {
  const told = ties
    .slice(0, MOST_TIES)
    .map((tie) => `${tie.family} (${escapeText(tie.detection)}) ties ${formatNumber(tie.accounts)}`);
  const more = ties.length - told.length + left;
  return `${id}: what ties its ${formatCount(accounts, 'account')}. ${told.join(', ')}${
    more > 0 ? `, and ${formatNumber(more)} more` : ''
  }.`;
}

/** What became of a picture that a person asked for. */
export function graphMessage(id: string, outcome: Awaited<ReturnType<GraphDesk['post']>>): Message {
  if (outcome.ok) return noticeOf(`The picture of ${id} is in its thread.`);
  switch (outcome.reason) {
    case 'not_found':
      return noSuchCampaign(id);
    case 'no_thread':
      return noticeOf(
        `${id} has no message yet, so there is no thread to put its picture into. Try again in a minute.`,
      );
    case 'no_ties':
      return noticeOf(`Nothing ties the accounts of ${id} at present: what tied them is no longer found.`);
    case 'unknown':
      return noticeOf(
        `Slack did not say whether the picture of ${id} arrived. Look into its thread before you ask again.`,
      );
    default:
      return noticeOf(`The picture of ${id} could not be handed over: ${escapeText(outcome.says)}`);
  }
}
