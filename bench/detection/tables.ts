import type { Bin } from './reliability.ts';
import type { Row } from './run-scenario.ts';

const HEAD = [
  'scenario',
  'seed',
  'exchanges',
  'accounts',
  'precision',
  'recall',
  'alert after h',
  'share %',
  'false campaigns',
  'accused',
  'seconds',
  'holds?',
];

/** The rows as a Markdown table; where a world has several campaigns, the latest alert and the largest share count. */
export function scenarioTable(rows: readonly Row[]): string {
  return table(HEAD, rows.map(cells));
}

function cells({ scenario, seed, exchanges, accounts, seconds, score, failure }: Row): string[] {
  const start = [scenario, seed, String(exchanges), String(accounts)];
  if (score === undefined) return [...start, '–', '–', '–', '–', '–', '–', '–', `no: ${failure ?? 'it failed'}`];
  const { precision, recall, campaigns, falseCampaigns, accused, holds, reasons } = score;
  const hours = campaigns.map((campaign) => campaign.hours);
  const silent = hours.length === 0 || hours.includes(undefined);
  const by = Object.entries(accused).map(([name, count]) => `${name} ${count}`);
  return [
    ...start,
    fixed(precision, 3),
    fixed(recall, 3),
    silent ? '–' : fixed(Math.max(...(hours as number[])), 1),
    campaigns.length === 0 ? '–' : fixed(100 * Math.max(...campaigns.map(({ share }) => share)), 1),
    String(falseCampaigns.length),
    by.length === 0 ? '0' : by.join(', '),
    fixed(seconds, 1),
    holds ? 'yes' : `no: ${reasons.join('; ')}`,
  ];
}

export function reliabilityTable(bins: readonly Bin[]): string {
  const share = (count: number, reports: number) => (reports === 0 ? '–' : fixed((100 * count) / reports, 1));
  const rows = bins.map(({ from, to, reports, either, real }) => [
    `${from.toFixed(1)} – ${to.toFixed(1)}`,
    String(reports),
    String(either),
    share(either, reports),
    String(real),
    share(real, reports),
  ]);
  return table(['confidence', 'groups', 'campaign or resale', '%', 'of the kind it says', '%'], rows);
}

const fixed = (value: number | undefined, digits: number): string =>
  value === undefined ? '–' : value.toFixed(digits);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(all[0] as string[]), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join(
    '\n',
  );
}
