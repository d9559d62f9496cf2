import type { Backtest } from '../campaigns/backtest.ts';

const time = (at: number): string => new Date(at).toISOString();
/** Nothing from outside may move the terminal's cursor. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '\u{fffd}');

/** A backtest as scripts read it: its times are RFC 3339. */
export function backtestRecord(backtest: Backtest): object {
  return {
    ...backtest,
    from: time(backtest.from),
    to: time(backtest.to),
    failed: backtest.failed.map(({ windowEnd, error }) => ({ windowEnd: time(windowEnd), error })),
    findings: backtest.findings.map((finding) => ({
      ...finding,
      firstAt: time(finding.firstAt),
      lastAt: time(finding.lastAt),
    })),
  };
}

/** A backtest as a person reads it on a terminal. */
export function backtestPage(backtest: Backtest): string {
  const { standing, findings, traits, campaigns, organizations, strangers, failed } = backtest;
  const support = backtest.role === 'supports' ? ' (a support: it accuses nobody by itself)' : '';
  const more = (shown: readonly unknown[], of: number) =>
    of > shown.length ? [`  … and ${of - shown.length} more`] : [];
  return [
    `${backtest.detection}${support} from ${time(backtest.from)} to ${time(backtest.to)}, ${backtest.windows} windows, ${JSON.stringify(backtest.params)}`,
    ...(backtest.unlooked > 0 ? [`  ${backtest.unlooked} windows were left out: time did not suffice`] : []),
    ...failed.map(({ windowEnd, error }) => `  failed at ${time(windowEnd)}: ${plain(error)}`),
    `${traits} findings, ${backtest.accounts} accounts: ${standing.confirmed} in confirmed campaigns, ${standing.open} in open ones, ${standing.dismissed} in dismissed ones, ${standing.none} in none`,
    `of them ${backtest.contracted} under a contract or programme, ${backtest.excepted} excepted`,
    ...findings.map(
      ({ trait, accounts, weight, firstAt, windows }) =>
        `  ${plain(trait)}: ${accounts} accounts, weight ${weight.toFixed(1)}, first at ${time(firstAt)}, in ${windows} windows`,
    ),
    ...more(findings, traits),
    ...campaigns.map(({ id, status, accounts, of }) => `${id} ${status}: ${accounts} of ${of} accounts`),
    ...organizations.map(({ id, accounts }) => `organisation ${plain(id)}: ${accounts} accounts`),
    ...(strangers.length === 0 ? [] : ['in no campaign, for example:', ...strangers.map((id) => `  ${plain(id)}`)]),
  ].join('\n');
}
