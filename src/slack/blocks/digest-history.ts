import type { Digest, DigestMonth } from '../../campaigns/digest.ts';
import { formatCount, formatDuration, formatNumber } from '../format.ts';
import { type Block, context, section } from './block.ts';

/** New campaigns by day as a chart, and the same in words; nothing where there were none. */
export function seriesChart({ series }: Pick<Digest, 'series'>): Block[] {
  const shown = series.slice(-20);
  const all = shown.reduce((sum, { alerts }) => sum + alerts, 0);
  if (all === 0 || shown.length < 2) return [];
  const most = shown.reduce((a, b) => (b.alerts > a.alerts ? b : a));
  return [
    {
      type: 'data_visualization',
      title: 'New campaigns per day',
      chart: {
        type: 'bar',
        series: [{ name: 'new campaigns', data: shown.map(({ day, alerts }) => ({ label: day, value: alerts })) }],
        axis_config: { categories: shown.map(({ day }) => day), y_label: 'campaigns' },
      },
    },
    context([
      `New campaigns in ${formatCount(shown.length, 'day')}: ${formatNumber(all)}, most on ${most.day} (${formatNumber(most.alerts)})`,
    ]),
  ];
}

/** How the month that ended compares with those before it. */
export function monthBlocks({ months }: Pick<Digest, 'months'>): Block[] {
  const [ended, ...before] = months;
  if (ended === undefined) return [];
  const mean = (of: (month: DigestMonth) => number) =>
    before.length === 0 ? '–' : formatNumber(before.reduce((sum, month) => sum + of(month), 0) / before.length);
  const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  return [
    section(
      [
        `*${ended.month} beside the mean of the ${formatCount(before.length, 'month')} before*`,
        `campaigns ${formatNumber(ended.campaigns)} (${mean((month) => month.campaigns)}) · accounts ${formatNumber(ended.accounts)} (${mean((month) => month.accounts)}) · confirmed ${formatNumber(ended.confirmed)} (${mean((month) => month.confirmed)}) · dismissed ${formatNumber(ended.dismissed)} (${mean((month) => month.dismissed)})`,
        ...months.map(
          ({ month, campaigns, accounts, toAcknowledgeMs, toContainMs }) =>
            `• ${month}: ${formatCount(campaigns, 'campaign')}, ${formatCount(accounts, 'account')}, to acknowledge ${time(toAcknowledgeMs)}, to contain ${time(toContainMs)}`,
        ),
      ],
      1_100,
    ),
  ];
}
