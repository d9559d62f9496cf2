import type { Campaign } from '../../campaigns/campaign.ts';
import { personText } from '../escape-text.ts';
import { formatAgo, formatCount, formatNumber, formatPercent } from '../format.ts';
import { actions, button, context } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';
import { boldCell, type Cell, type Column, personCell, plainCell, tableOf, timeCell } from './table.ts';

export interface CampaignPage {
  campaigns: readonly Campaign[];
  total: number;
  offset: number;
  /** The filter in words, e.g. `suspected, critical`; empty for none. */
  filter: string;
  /** Values of the paging buttons; null where there is no such page. */
  previous: string | null;
  next: string | null;
}

/** As many as fit beside each other in a channel; `show` has the rest. */
const COLUMNS: readonly Column<Campaign>[] = [
  { title: 'Id', cell: ({ id }) => boldCell(id) },
  { title: 'Severity', cell: ({ severity }) => plainCell(severity) },
  { title: 'Kind', cell: ({ kind }) => plainCell(kind) },
  { title: 'State', isWrapped: true, cell: stateCell },
  { title: 'Sure', align: 'right', cell: ({ confidence }) => plainCell(formatPercent(confidence)) },
  { title: 'Accounts', align: 'right', cell: ({ accountCount }) => plainCell(formatNumber(accountCount)) },
  { title: 'Evidence', isWrapped: true, cell: ({ families }) => plainCell(families.join(', ')) },
  { title: 'Since', isWrapped: true, cell: ({ alertedAt, createdAt }) => timeCell(alertedAt ?? createdAt, 'ago') },
];

function stateCell({ status, acknowledgedBy }: Campaign): Cell {
  return status === 'acknowledged' && acknowledgedBy !== null
    ? personCell(acknowledgedBy, `${status} by `)
    : plainCell(status);
}

/** A page of campaigns as a table. */
export function campaignList(page: CampaignPage): Message {
  const of = page.filter === '' ? '' : ` (${page.filter})`;
  if (page.total === 0) {
    return noticeOf(`No campaigns${of}.${of === '' ? '' : ' `/campaign list` shows them all.'}`);
  }
  const last = page.offset + page.campaigns.length;
  const range = `${formatNumber(page.offset + 1)}–${formatNumber(last)} of ${formatCount(page.total, 'campaign')}${of}`;
  const buttons = [
    ...(page.previous === null ? [] : [button('list.page:previous', 'Previous', page.previous)]),
    ...(page.next === null ? [] : [button('list.page:next', 'Next', page.next)]),
  ];
  return messageOf([
    context([range]),
    ...tableOf(COLUMNS, page.campaigns),
    buttons.length === 0 ? null : actions(buttons, 'paging'),
  ]);
}

/** A campaign in two lines. */
export function campaignLines(campaign: Campaign): string[] {
  const { id, kind, status, severity, confidence, accountCount, exchangeCount, families, acknowledgedBy } = campaign;
  const by = status === 'acknowledged' && acknowledgedBy !== null ? ` by ${personText(acknowledgedBy)}` : '';
  const since = campaign.alertedAt ?? campaign.createdAt;
  return [
    `*${id}* · ${severity} · ${kind} · ${status}${by} · ${formatPercent(confidence)} sure`,
    `${formatCount(accountCount, 'account')}, ${formatCount(exchangeCount, 'exchange')} · ${families.join(', ')} · ${formatAgo(since)}`,
  ];
}
