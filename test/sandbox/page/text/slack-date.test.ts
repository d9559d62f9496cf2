import { describe, expect, it } from 'vitest';
import { formatSlackDate, relativeTime } from '../../../../sandbox/page/text/slack-date.ts';

const now = new Date('2026-04-22T09:00:00Z');
const setting = { now, timeZone: 'Europe/Berlin', locale: 'en-US' };
const at = (time: string) => Date.parse(time) / 1000;

describe('formatSlackDate', () => {
  it.each([
    ['{date_num} {time_secs}', '2026-04-21T22:30:05Z', '2026-04-22 12:30:05 AM'],
    ['{date_short_pretty} at {time}', '2026-04-21T22:30:05Z', 'today at 12:30 AM'],
    ['{date_pretty}', '2026-04-21T10:00:00Z', 'yesterday'],
    ['{date_long_pretty}', '2026-04-23T10:00:00Z', 'tomorrow'],
    ['{date_long}', '2026-05-01T10:00:00Z', 'Friday, May 1, 2026'],
    ['{ago} {unknown}', '2026-04-22T08:48:00Z', '12 minutes ago {unknown}'],
  ])('fills %s', (template, time, shown) => {
    // Some versions of ICU put a narrow space before AM.
    expect(formatSlackDate(at(time), template, setting).replace(/\s/g, ' ')).toBe(shown);
  });

  it('is empty for a time that is none', () => {
    expect(formatSlackDate(Number.MAX_SAFE_INTEGER, '{date}', setting)).toBe('');
  });
});

describe('relativeTime', () => {
  it('looks ahead too', () => {
    expect(relativeTime(new Date('2026-04-22T12:10:00Z'), setting)).toBe('in 3 hours');
  });
});
