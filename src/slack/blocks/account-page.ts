import { escapeText } from '../escape-text.ts';
import { formatNumber } from '../format.ts';
import { actions, button, context } from './block.ts';
import { type AccountLine, campaignMembers } from './campaign-detail.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

export interface AccountPage {
  id: string;
  members: readonly AccountLine[];
  total: number;
  review: number;
  /** From 1. */
  page: number;
  pages: number;
  /** Accounts on a full page. */
  size: number;
}

/** A page of a campaign's accounts, strongest first. */
export function accountPage({ id, members, total, review, page, pages, size }: AccountPage): Message {
  if (total === 0) return noticeOf(`${id} has no accounts at present.`);
  // What lies on other pages is not "more": the line below says which page this is.
  const { blocks } = campaignMembers(id, members, { total: members.length, review: 0 });
  const first = (page - 1) * size + 1;
  const waiting = review === 0 ? '' : `, ${formatNumber(review)} of them to be reviewed`;
  return messageOf([
    ...blocks.slice(1),
    context([
      `*${id}*: accounts ${formatNumber(first)}–${formatNumber(first + members.length - 1)} of ${formatNumber(total)}${waiting} · page ${formatNumber(page)} of ${formatNumber(pages)}`,
    ]),
    actions(
      [
        ...(page > 1 ? [button('accounts.page:previous', 'Previous', `${id} ${page - 1}`)] : []),
        ...(page < pages ? [button('accounts.page:next', 'Next', `${id} ${page + 1}`)] : []),
        button('accounts.csv', 'All as a CSV file', id),
      ],
      'paging',
    ),
  ]);
}

export function csvSent(id: string, total: number): Message {
  return noticeOf(
    `${formatNumber(total)} accounts of ${id} are on their way: look into your conversation with Retort.`,
  );
}

/** `error` is Slack's code. */
export function csvFailed(error: string): Message {
  return noticeOf(
    `Slack did not take the file (${escapeText(error, 80)}). Try again in a minute; the pages show the same.`,
  );
}
