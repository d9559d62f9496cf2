import type { Trouble, JobHealth } from '../../campaigns/health.ts';
import { escapeText } from '../escape-text.ts';
import { formatAgo, formatNumber } from '../format.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf } from './message.ts';

/** What ails Retort, first; then its jobs. */
export function healthMessage(troubles: readonly Trouble[], jobs: readonly JobHealth[]): Message {
  const title = troubles.length === 0 ? 'Retort is well' : `Retort is ill: ${formatNumber(troubles.length)} to mend`;
  return messageOf([
    header(title),
    troubles.length === 0
      ? section(['Data is fresh, posts go out, and every job runs.'])
      : section(troubles.map(({ what, mend }) => `:warning: *${escapeText(what, 250)}*: ${mend}`)),
    jobs.length === 0 ? null : section(['*Jobs*', ...jobs.map(jobLine)], 2_000),
    context(['`/campaign status` has the figures; `retort doctor` checks the configuration.']),
  ]);
}

function jobLine({ job, lastDoneAt, failedDay }: JobHealth): string {
  const last = lastDoneAt === null ? 'never finished' : `done ${formatAgo(lastDoneAt)}`;
  return `• ${escapeText(job, 40)}: ${last}${failedDay > 0 ? `, ${formatNumber(failedDay)} failed in the last day` : ''}`;
}
