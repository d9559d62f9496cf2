import { HOUR_MS } from '../time-units.ts';
import type { Evidence } from './campaign.ts';
import { CAPABILITIES } from './marks.ts';

/** One UTC day of a campaign's accounts. */
export interface Day {
  exchanges: number;
  accounts: number;
  first_at: number;
  last_at: number;
}

/** How far a campaign reaches. Times are epoch milliseconds. */
export interface Extent {
  exchangeCount: number;
  firstExchangeAt: number | null;
  lastExchangeAt: number | null;
  exchangesPerDay: number;
  perAccountDay: number;
  growth: number | null;
}

/** Sums up the days of a campaign, oldest first. */
export function extentOf(days: readonly Day[]): Extent {
  const exchangeCount = days.reduce((sum, day) => sum + day.exchanges, 0);
  const accountDays = days.reduce((sum, day) => sum + day.accounts, 0);
  // The newest day is not over yet: the last full one tells the pace, where there is one.
  const [last, before] = days.length > 1 ? [days.at(-2), days.at(-3)] : [days.at(-1), undefined];
  return {
    exchangeCount,
    firstExchangeAt: days[0]?.first_at ?? null,
    lastExchangeAt: days.at(-1)?.last_at ?? null,
    exchangesPerDay: last?.exchanges ?? 0,
    perAccountDay: accountDays === 0 ? 0 : exchangeCount / accountDays,
    growth: last && before && before.exchanges > 0 ? last.exchanges / before.exchanges : null,
  };
}

/** A capability counts as a target from this share of the campaign's exchanges, and this many times everyone's share. */
const TARGET_SHARE = 0.1;
const TARGET_RATIO = 1.5;

/** What the campaign is after, against everyone else; the highest ratio first. */
export function targetsOf(
  figures: readonly { capability: number; campaign: number; everyone: number }[],
): Evidence['targets'] {
  const campaign = figures.reduce((sum, row) => sum + row.campaign, 0);
  const others = figures.reduce((sum, row) => sum + Math.max(0, row.everyone - row.campaign), 0);
  if (campaign === 0 || others === 0) return [];
  return figures
    .map((row) => {
      const share = row.campaign / campaign;
      const base = (Math.max(0, row.everyone - row.campaign) + 1) / (others + 1);
      return { capability: CAPABILITIES[row.capability] ?? 'unknown', share, ratio: share / base };
    })
    .filter((target) => target.share >= TARGET_SHARE && target.ratio >= TARGET_RATIO)
    .toSorted((a, b) => b.ratio - a.ratio);
}

/** At most so many points fit into Slack's chart. */
const POINTS = 20;
const BUCKET_HOURS = [1, 2, 3, 6, 12, 24, 48, 72, 168];

/** The span of a campaign's chart: a little of the quiet before it, in buckets that fit the chart. */
export function chartSpan(firstAt: number, end: number): { from: number; to: number; bucketHours: number } {
  const hours = Math.max(1, (end - firstAt) / HOUR_MS) * 1.15 + 2;
  const bucketHours =
    BUCKET_HOURS.find((size) => hours / size <= POINTS - 1) ?? Math.ceil(hours / (POINTS - 1) / 24) * 24;
  const size = bucketHours * HOUR_MS;
  const to = Math.ceil(end / size) * size;
  return { from: to - Math.min(POINTS, Math.ceil(hours / bucketHours)) * size, to, bucketHours };
}

/** The chart's points, empty buckets included. */
export function chartPoints(
  span: { from: number; to: number; bucketHours: number },
  campaign: readonly { at: number; exchanges: number }[],
  everyone: readonly { at: number; exchanges: number }[],
): Evidence['chart'] {
  const size = span.bucketHours * HOUR_MS;
  const own = new Map(campaign.map((bucket) => [bucket.at, bucket.exchanges]));
  const all = new Map(everyone.map((bucket) => [bucket.at, bucket.exchanges]));
  const points = Array.from({ length: Math.round((span.to - span.from) / size) }, (_, index) => {
    const at = span.from + index * size;
    const mine = own.get(at) ?? 0;
    return { at, campaign: mine, others: Math.max(0, (all.get(at) ?? 0) - mine) };
  });
  return { bucketHours: span.bucketHours, points };
}
