import type { CampaignGraph } from '../../campaigns/campaign-graph.ts';
import type { GraphDesk } from '../../campaigns/graph-desk.ts';
import { escapeText } from '../escape-text.ts';
import { formatCount, formatNumber } from '../format.ts';
import { fileRefused } from './file-refusal.ts';
import { type Message, noticeOf } from './message.ts';

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
  if (outcome.reason === 'no_ties') {
    return noticeOf(`Nothing ties the accounts of ${id} at present: what tied them is no longer found.`);
  }
  return fileRefused(id, 'picture', outcome);
}
