import type { Backtest } from '../../campaigns/backtest.ts';
import { codeText, escapeText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** What a detection would have caught, and whom it would have hit. */
export function backtestMessage(backtest: Backtest): Message {
  const { standing, findings, traits, campaigns, organizations, strangers, failed, unlooked } = backtest;
  const more = traits - findings.length;
  return messageOf([
    header(`${backtest.detection} over history`),
    section([
      `${spanText(backtest)}: *${formatCount(traits, 'finding')}, ${formatCount(backtest.accounts, 'account')}*`,
      `*Of these accounts* ${formatNumber(standing.confirmed)} in confirmed campaigns, ${formatNumber(standing.open)} in open ones, ${formatNumber(standing.dismissed)} in dismissed ones, *${formatNumber(standing.none)} in none*`,
      `${formatNumber(backtest.contracted)} are under a contract or programme, ${formatNumber(backtest.excepted)} known to be good`,
    ]),
    findings.length === 0
      ? null
      : section(
          [
            '*Heaviest findings*',
            ...findings.map(
              ({ trait, accounts, weight, firstAt, windows }) =>
                `• ${codeText(trait, 40)} ${formatCount(accounts, 'account')}, weight ${weight.toFixed(1)}, first ${formatTime(firstAt)}, in ${formatCount(windows, 'window')}`,
            ),
            ...(more > 0 ? [`… and ${formatNumber(more)} more`] : []),
          ],
          2_400,
        ),
    campaigns.length === 0
      ? null
      : section(
          [
            '*Campaigns*',
            ...campaigns.map(
              ({ id, status, accounts, of }) =>
                `• *${id}* ${status}: ${formatNumber(accounts)} of ${formatCount(of, 'account')}`,
            ),
          ],
          1_000,
        ),
    organizations.length === 0
      ? null
      : section(
          [
            `*Organisations* ${organizations.map(({ id, accounts }) => `${codeText(id, 60)} ${formatNumber(accounts)}`).join(', ')}`,
          ],
          1_000,
        ),
    strangers.length === 0
      ? null
      : section([`*In no campaign* ${strangers.map((id) => codeText(id, 60)).join(', ')}`], 1_000),
    failed.length === 0
      ? null
      : section(
          [
            `:warning: *${formatCount(failed.length, 'window')} failed*`,
            ...failed.map(({ windowEnd, error }) => `• ${formatTime(windowEnd)}: ${escapeText(error, 200)}`),
          ],
          1_000,
        ),
    context([
      ...(unlooked > 0 ? [`:warning: Time did not suffice for ${formatCount(unlooked, 'more window')}.`] : []),
      ...(backtest.role === 'supports'
        ? ['A support accuses nobody by itself: it counts where a group has more of it than everyone else.']
        : []),
      'The same query as live, read-only; within a day, a window sees all of that day. With other parameters: `retort detect --detection ID --dry-run --params JSON`.',
    ]),
  ]);
}

/** The present window alone is no span. */
function spanText({ from, to, windows }: Backtest): string {
  if (to - from <= 1) return `The window to ${formatTime(to)}`;
  return `${formatTime(from)} to ${formatTime(to)}, ${formatCount(windows, 'window')}`;
}

export function backtestBusy(): Message {
  return noticeOf('Another detection is being tested at the moment. Try again when that is done.');
}

export function backtestRefused(says: string): Message {
  return noticeOf(`That cannot be tested: ${escapeText(says)}.`);
}
