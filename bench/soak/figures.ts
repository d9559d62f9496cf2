import type { Figure } from '../scale/figure.ts';
import { percentile } from '../scale/percentile.ts';
import type { Soak } from './run-soak.ts';
import { type Trend, trend } from './trend.ts';

/** In MB an hour. */
export const MOST_GROWTH = 10;

/** What a soak came to, and whether that is as promised; `mostGrowth`: of what is resident, in MB an hour. */
export function soakFigures(soak: Soak, mostGrowth: number): Figure[] {
  const { samples, asked, sent, putOff } = soak;
  const length = samples.at(-1)?.seconds ?? 0;
  const half = samples.filter(({ seconds }) => seconds >= length / 2);
  const after = (share: number) => samples.find(({ seconds }) => seconds >= length * share)?.resident;
  const slopes = (of: (sample: (typeof samples)[number]) => number) =>
    trend(half.map((sample) => ({ x: sample.seconds / 3_600, y: of(sample) })));
  const resident = slopes((sample) => sample.resident);
  const heap = slopes((sample) => sample.heap);
  const lags = samples.map(({ lagMs }) => lagMs);
  const slots = Object.entries(soak.slots).map(([job, done]) => `${job} ${done}`);
  const postponed = Object.entries(putOff).map(([status, times]) => `${status} ${times} times`);
  return [
    {
      measure: 'exchanges accepted, of those sent',
      value: soak.accepted,
      toReach: `= ${sent.toLocaleString('en')}`,
      holds: soak.accepted === sent && soak.stored === sent,
      note: `${soak.stored.toLocaleString('en')} rows; ${soak.batches} batches, ${soak.repeated} of them sent twice; connections that ended without an answer: ${soak.unanswered}; to come again: ${postponed.join(', ') || 'never'}`,
    },
    {
      measure: 'in quarantine, or taken for duplicates',
      value: soak.quarantineRows + soak.duplicates,
      toReach: '= 0',
      holds: soak.quarantineRows + soak.quarantined + soak.duplicates === 0,
    },
    {
      measure: 'resident after a sixth of the time, MB',
      value: after(1 / 6),
      note: `after half ${after(1 / 2)?.toFixed(0) ?? '–'}, at the end ${samples.at(-1)?.resident.toFixed(0) ?? '–'}, ${soak.mostResident?.toFixed(0) ?? '–'} at most`,
    },
    {
      measure: 'resident: growth over the second half, MB an hour',
      value: resident.slope,
      toReach: `≤ ${mostGrowth}`,
      ...judged(resident, mostGrowth),
      note: `± ${(2 * resident.error).toFixed(1)}; of the heap ${heap.slope.toFixed(1)} ± ${(2 * heap.error).toFixed(1)}; ${half.length} samples`,
    },
    {
      measure: 'answers, p99 in ms',
      value: percentile(asked.light, 0.99),
      note: `median ${percentile(asked.light, 0.5).toFixed(0)}, of ${asked.light.length}; of ${asked.heavy.length} graphs, dossiers, files and backtests: median ${percentile(asked.heavy, 0.5).toFixed(0)}, longest ${percentile(asked.heavy, 1).toFixed(0)}`,
    },
    { measure: 'unanswered', value: asked.unanswered.length, toReach: '= 0', holds: asked.unanswered.length === 0 },
    {
      measure: 'event loop, lag p99 in ms: the median of the samples',
      value: percentile(lags, 0.5),
      note: `${percentile(lags, 1).toFixed(0)} at most`,
    },
    {
      measure: 'slots of jobs that failed',
      value: soak.failedSlots,
      toReach: '= 0',
      holds: soak.failedSlots === 0,
      note: `done: ${slots.join(', ')}; ${soak.campaigns} campaigns, ${soak.posts} messages`,
    },
  ];
}

/** Undefined where the bound is within twice the error: that takes a longer run. */
function judged({ slope, error }: Trend, bound: number): { holds?: boolean } {
  if (slope + 2 * error <= bound) return { holds: true };
  return slope - 2 * error > bound ? { holds: false } : {};
}
