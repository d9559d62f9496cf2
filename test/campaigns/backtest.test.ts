import { describe, expect, it } from 'vitest';
import { gatherFindings, windowEnds } from '../../src/campaigns/backtest.ts';
import { tie } from './hits.ts';

const at = (text: string): number => Date.parse(text);
const told = (ends: readonly number[]) => ends.map((end) => new Date(end).toISOString().slice(5));

describe('windows', () => {
  it('end a moment before each day is over, and before the end itself', () => {
    const ends = windowEnds(at('2026-03-10T00:00:00Z'), at('2026-03-12T06:00:00Z'), 'day');
    expect(told(ends)).toEqual(['03-10T23:59:59.999Z', '03-11T23:59:59.999Z', '03-12T05:59:59.999Z']);
  });

  it('end a moment before each hour is over', () => {
    const ends = windowEnds(at('2026-03-10T00:30:00Z'), at('2026-03-10T02:00:00Z'), 'hour');
    expect(told(ends)).toEqual(['03-10T00:59:59.999Z', '03-10T01:59:59.999Z']);
  });

  it('are none of a time that ends before it begins', () => {
    expect(windowEnds(at('2026-03-10T00:30:00Z'), at('2026-03-10T00:30:00Z'), 'day')).toEqual([]);
  });
});

it('puts the windows of one trait together, each account counted once', () => {
  const found = gatherFindings([
    { end: 1, hits: [tie(['1', '2'], { trait: 'a', weight: 3 }), tie(['9'], { trait: 'b', weight: 8 })] },
    { end: 2, hits: [tie(['2', '3'], { trait: 'a', weight: 5 })] },
    { end: 3, hits: [] },
  ]);
  expect(found.map(({ keys, ...finding }) => ({ ...finding, accounts: keys.size }))).toEqual([
    { trait: 'b', accounts: 1, weight: 8, firstAt: 1, lastAt: 1, windows: 1 },
    { trait: 'a', accounts: 3, weight: 5, firstAt: 1, lastAt: 2, windows: 2 },
  ]);
});
