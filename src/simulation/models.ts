import type { ModelReleaseLine } from '../ingest/records.ts';
import type { Random } from './random.ts';
import { DAY, HOUR } from './rhythm.ts';

const Newest = 'corvid-4';

const line = (model: string, at: number): ModelReleaseLine => ({ model, released_at: new Date(at).toISOString() });

/** The provider's models. The newest is released in the middle of the world. */
export function makeReleases(startAt: number, endAt: number, random: Random): ModelReleaseLine[] {
  const middle = startAt + (endAt - startAt) * random.between(0.5, 0.62);
  return [
    line('corvid-2', startAt - 410 * DAY),
    line('corvid-2-mini', startAt - 260 * DAY),
    line('corvid-3', startAt - 96 * DAY),
    line(Newest, middle),
  ];
}

const releaseOf = (releases: readonly ModelReleaseLine[], model: string): number =>
  Date.parse(releases.find((release) => release.model === model)?.released_at ?? '') || Number.POSITIVE_INFINITY;

const older: readonly (readonly [string, number])[] = [
  ['corvid-3', 6],
  ['corvid-2-mini', 4],
  ['corvid-2', 1],
];

/** A customer's model: a habit, until it adopts the new one — a few at once, most after days, some never. */
export function adoptModel(releases: readonly ModelReleaseLine[], random: Random): (at: number) => string {
  const habit = random.weighted(older);
  const released = releaseOf(releases, Newest);
  const delay = random.chance(0.05) ? random.exponential(10 * HOUR) : random.exponential(16 * DAY);
  const adoptAt = random.chance(0.75) ? released + delay : Number.POSITIVE_INFINITY;
  return (at) => (at >= adoptAt ? Newest : habit);
}

/** A whole pool's model: from the release on it moves `share` of its requests within `hours`. */
export function pivotModel(releases: readonly ModelReleaseLine[], share: number, hours: number) {
  const released = releaseOf(releases, Newest);
  return (at: number, random: Random): string => {
    const progress = Math.min(1, Math.max(0, (at - released) / (hours * HOUR)));
    return random.chance(share * progress) ? Newest : 'corvid-3';
  };
}
