import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatPercent, formatRatio, formatTime } from '../../src/slack/format.ts';

const MINUTE = 60_000;

describe('format', () => {
  it.each([
    [0.97, '97\u{a0}%'],
    [0.9995, 'over 99\u{a0}%'],
    [1, '100\u{a0}%'],
    [0.001, 'under 1\u{a0}%'],
    [0, '0\u{a0}%'],
  ])('the share %d as %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  it.each([
    [12 * MINUTE, '12 min'],
    [112 * MINUTE, '1 h 52'],
    [180 * MINUTE, '3 h'],
    [76 * 60 * MINUTE, '3 d 4 h'],
    [-5, '0 min'],
  ])('%d ms as %s', (duration, text) => {
    expect(formatDuration(duration)).toBe(text);
  });

  it('counts, ratios and times', () => {
    expect(formatCount(31_402, 'exchange')).toBe('31,402 exchanges');
    expect(formatCount(1, 'account')).toBe('1 account');
    expect([9.1, 1.44, 1_400].map(formatRatio)).toEqual(['9 times', '1.4 times', '1,400 times']);
    expect(formatTime(Date.parse('2026-04-22T00:04:00Z'))).toBe(
      '<!date^1776816240^{date_short_pretty} {time}|2026-04-22 00:04 UTC>',
    );
  });
});
