import type { Campaign, Evidence } from '../../campaigns/campaign.ts';
import { formatNumber, formatPercent, formatTime } from '../format.ts';
import { type Block, context } from './block.ts';

type Point = Evidence['chart']['points'][number];

const MAX_POINTS = 20;
/** Beyond this many times the campaign's peak, everyone else would press its line flat. */
const FLATTENS = 25;

/** The campaign's exchanges over time as Slack's native chart, and the same in words. Nothing without figures. */
export function campaignChart(campaign: Campaign): Block[] {
  const { points, bucketHours } = thin(campaign.evidence.chart);
  const newest = points.at(-1);
  if (newest === undefined || points.length < 2) return [];
  const own = points.map((point) => point.campaign);
  const others = points.map((point) => point.others);
  const alone = Math.max(...others) > FLATTENS * Math.max(...own);
  const labels = labelsOf(points, bucketHours);
  const series = (name: string, values: readonly number[]) => ({
    name,
    data: labels.map((label, index) => ({ label, value: values[index] ?? 0 })),
  });
  const span = spanText(bucketHours);
  return [
    {
      type: 'data_visualization',
      title: `Exchanges per ${span}`,
      chart: {
        type: 'line',
        series: [series(campaign.id, own), ...(alone ? [] : [series('everyone else', others)])],
        axis_config: { categories: labels, x_label: 'UTC', y_label: 'exchanges' },
      },
    },
    context([words(points, newest, span)]),
  ];
}

function words(points: readonly Point[], newest: Point, span: string): string {
  const range = (values: readonly number[]) =>
    `${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
  const all = newest.campaign + newest.others;
  const share = all === 0 ? '' : `, ${formatPercent(newest.campaign / all)} of all`;
  return (
    `Exchanges per ${span}: campaign ${range(points.map((point) => point.campaign))}, ` +
    `everyone else ${range(points.map((point) => point.others))}; ` +
    `newest ${formatNumber(newest.campaign)} from ${formatTime(newest.at)}${share}`
  );
}

/** Neighbouring buckets are added up until Slack takes the number of points. */
function thin({ points, bucketHours }: Evidence['chart']): Evidence['chart'] {
  const size = Math.ceil(points.length / MAX_POINTS);
  if (size <= 1) return { points, bucketHours };
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size),
  );
  const sum = (group: readonly Point[], key: 'campaign' | 'others') =>
    group.reduce((total, point) => total + point[key], 0);
  return {
    bucketHours: bucketHours * size,
    points: groups.map((group) => ({
      at: group[0]?.at ?? 0,
      campaign: sum(group, 'campaign'),
      others: sum(group, 'others'),
    })),
  };
}

/** Times of the buckets in UTC, as short as their distance allows, each different from the others. */
function labelsOf(points: readonly Point[], bucketHours: number): string[] {
  const seen = new Set<string>();
  return points.map(({ at }, index) => {
    const text = new Date(at).toISOString();
    const label = bucketHours >= 24 ? text.slice(0, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`;
    const unique = seen.has(label) ? `${label} #${index}` : label;
    seen.add(unique);
    return unique;
  });
}

function spanText(bucketHours: number): string {
  if (bucketHours === 1) return 'hour';
  if (bucketHours === 24) return 'day';
  return bucketHours % 24 === 0 ? `${bucketHours / 24} days` : `${Math.round(bucketHours * 10) / 10} hours`;
}
