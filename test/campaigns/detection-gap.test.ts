import { expect, it } from 'vitest';
import { windowsMissed } from '../../src/campaigns/detection-gap.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const NOON = at('2026-03-10T12:00:00Z');

it.each([
  ['in time', HOUR, []],
  ['late within a day', 5 * HOUR, []],
  ['late over midnight', 13 * HOUR, ['2026-03-10T23:59:59.999Z']],
  ['late by two days', 2 * DAY, ['2026-03-10T23:59:59.999Z', '2026-03-11T23:59:59.999Z']],
])('a run %s missed the days that ended since', (_what, later, ends) => {
  const last = { ranAt: NOON, windowEnd: NOON - 10 * 60_000 };
  const missed = windowsMissed(last, { now: NOON + later, end: last.windowEnd + later });
  expect(missed.map((end) => new Date(end).toISOString())).toEqual(ends);
});

it('a run in time missed nothing, though a day ended', () => {
  const last = { ranAt: at('2026-03-10T22:00:00Z'), windowEnd: at('2026-03-10T21:50:00Z') };
  const missed = (hours: number) => windowsMissed(last, { now: last.ranAt + hours, end: last.windowEnd + hours });
  expect(missed(4 * HOUR)).toEqual([]);
  expect(missed(4 * HOUR + 1)).toEqual([at('2026-03-10T23:59:59.999Z')]);
});

it('the present window is not missed, though it is a day’s end', () => {
  const last = { ranAt: NOON, windowEnd: NOON };
  const end = at('2026-03-10T23:59:59.999Z');
  expect(windowsMissed(last, { now: end, end })).toEqual([]);
  expect(windowsMissed(last, { now: end + 1, end: end + 1 })).toEqual([end]);
});

it('does not note the end of a day twice, nor more than a month', () => {
  const last = { ranAt: NOON, windowEnd: at('2026-03-10T23:59:59.999Z') };
  expect(windowsMissed(last, { now: NOON + 20 * HOUR, end: last.windowEnd + 8 * HOUR })).toEqual([]);
  const missed = windowsMissed(last, { now: NOON + 400 * DAY, end: last.windowEnd + 400 * DAY + HOUR });
  expect(missed).toHaveLength(31);
  expect(missed.at(-1)).toBe(last.windowEnd + 400 * DAY);
});
