import { describe, expect, it } from 'vitest';
import { Random } from '../../src/simulation/random.ts';
import { cron, DAY, flat, HOUR, human, quota, shift, within } from '../../src/simulation/rhythm.ts';
import { countBy, liveWorld } from './small-world.ts';

const monday = Date.parse('2026-06-01T00:00:00Z');
const days = (count: number) => Array.from({ length: count }, (_, i) => monday + i * DAY);
const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0);
const office = human({ perDay: 40, shape: 'office', zone: 0, weekend: 0.2, session: 5, idle: 0 });

describe('human', () => {
  const random = new Random('people');
  const times = days(70).flatMap((day) => office(day, random));

  it('sleeps at night and rests at weekends', () => {
    const byHour = countBy(times, (at) => String(new Date(at).getUTCHours()));
    expect((byHour.get('3') ?? 0) * 10).toBeLessThan(byHour.get('10') ?? 0);
    const byDay = countBy(times, (at) => String(new Date(at).getUTCDay()));
    expect((byDay.get('0') ?? 0) * 2).toBeLessThan(byDay.get('2') ?? 0);
  });

  it('comes in sittings: far more clumped than chance', () => {
    const perHour = countBy(times, (at) => String(Math.floor(at / HOUR)));
    const counts = Array.from({ length: 70 * 24 }, (_, i) => perHour.get(String(monday / HOUR + i)) ?? 0);
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length;
    expect(variance / mean).toBeGreaterThan(4);
  });

  it('follows the time zone', () => {
    const tokyo = human({ perDay: 40, shape: 'office', zone: 9, weekend: 1, session: 5, idle: 0 });
    const hours = countBy(
      days(40).flatMap((day) => tokyo(day, random)),
      (at) => String(new Date(at).getUTCHours()),
    );
    expect((hours.get('1') ?? 0) > 5 * (hours.get('17') ?? 0)).toBe(true);
  });
});

describe('machines', () => {
  const random = new Random('machines');

  it('works flat round the clock, to a quota, in shifts or on the minute', () => {
    const flatTimes = days(60).flatMap((day) => flat(26)(day, random));
    expect(Math.abs(flatTimes.length / 60 - 26)).toBeLessThan(3);
    const nights = flatTimes.filter((at) => new Date(at).getUTCHours() < 6).length;
    expect(Math.abs(nights / flatTimes.length - 0.25)).toBeLessThan(0.05);
    expect(days(5).map((day) => quota(13)(day, random).length)).toEqual([13, 13, 13, 13, 13]);
    expect(shift(90, 1, 3)(monday, random).every((at) => at >= monday + 8 * HOUR && at < monday + 16 * HOUR)).toBe(
      true,
    );
    const seconds = cron(60, 0, 1)(monday, random).map((at) => (at % HOUR) / 1_000);
    expect(seconds.length).toBe(24);
    expect(Math.max(...seconds)).toBeLessThan(10);
  });

  it('stays within its time', () => {
    const half = within(monday + 6 * HOUR, monday + 12 * HOUR, flat(400))(monday, random);
    expect(half.length).toBeGreaterThan(60);
    expect(half.every((at) => at >= monday + 6 * HOUR && at < monday + 12 * HOUR)).toBe(true);
  });
});

describe('population', () => {
  it('has a heavy tail: a tenth of its accounts makes most of its traffic', () => {
    const world = liveWorld('benign', { scale: 0.02, days: 3 });
    const known = new Set(world.truth.lookalikes.flatMap((one) => one.account_ids));
    const counts = [...countBy(world.exchanges, ({ account_id }) => account_id)]
      .filter(([id]) => !known.has(id))
      .map(([, count]) => count)
      .toSorted((a, b) => b - a);
    const top = sum(counts.slice(0, Math.ceil(counts.length / 10)));
    expect(top / sum(counts)).toBeGreaterThan(0.5);
    expect(counts[Math.floor(counts.length / 2)] ?? 0).toBeLessThan(30);
  });
});
