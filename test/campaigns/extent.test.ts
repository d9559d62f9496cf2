import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartPoints, chartSpan, type Day, extentOf, targetsOf } from '../../src/campaigns/extent.ts';
import { CAPABILITIES, type Capability } from '../../src/campaigns/marks.ts';

const HOUR = 3_600_000;
const END = Date.parse('2026-05-10T06:00:00Z');
const day = (exchanges: number, accounts: number, first_at = END, last_at = END): Day => ({
  exchanges,
  accounts,
  first_at,
  last_at,
});

describe('extentOf', () => {
  it('of no days is nothing', () => {
    expect(extentOf([])).toEqual({
      exchangeCount: 0,
      firstExchangeAt: null,
      lastExchangeAt: null,
      exchangesPerDay: 0,
      perAccountDay: 0,
      growth: null,
    });
  });

  it('takes the pace of the first day as far as it went', () => {
    expect(extentOf([day(60, 3)])).toMatchObject({ exchangesPerDay: 60, perAccountDay: 20, growth: null });
  });

  it('takes the pace of the last full day, against the one before', () => {
    const extent = extentOf([day(100, 10, 1, 2), day(150, 10, 3, 4), day(7, 5, 5, 6)]);
    expect(extent).toEqual({
      exchangeCount: 257,
      firstExchangeAt: 1,
      lastExchangeAt: 6,
      exchangesPerDay: 150,
      perAccountDay: 257 / 25,
      growth: 1.5,
    });
  });
});

it('a pace from nothing is no growth', () => {
  expect(extentOf([day(0, 0), day(150, 10), day(7, 5)])).toMatchObject({ exchangesPerDay: 150, growth: null });
});

describe('targetsOf', () => {
  const code = (name: Capability): number => CAPABILITIES.indexOf(name);
  const row = (name: Capability, campaign: number, everyone: number) => ({
    capability: code(name),
    campaign,
    everyone,
  });

  it('names what the campaign does far more than everyone else, the highest ratio first', () => {
    const targets = targetsOf([row('agentic_coding', 60, 260), row('math', 40, 50), row('chat', 0, 690)]);
    expect(targets.map((target) => [target.capability, target.share])).toEqual([
      ['math', 0.4],
      ['agentic_coding', 0.6],
    ]);
    expect(targets[0]?.ratio).toBeCloseTo(0.4 / (11 / 901), 6);
  });

  it('leaves out what is a small part of it, or no larger than elsewhere', () => {
    expect(targetsOf([row('math', 9, 9), row('chat', 91, 991)])).toEqual([]);
  });

  it('takes in what is just a tenth of it, and just half as much again as elsewhere', () => {
    const named = (figures: Parameters<typeof targetsOf>[0]) => targetsOf(figures).map(({ capability }) => capability);
    expect(named([row('math', 10, 10), row('chat', 90, 990)])).toEqual(['math']);
    // Half of the campaign’s, and one in three of everyone else's with the one that is added on both sides.
    expect(named([row('math', 50, 70), row('chat', 50, 92)])).toEqual(['math']);
    expect(named([row('math', 50, 71), row('chat', 50, 92)])).toEqual([]);
  });

  it('says nothing without a campaign or without anyone else', () => {
    expect(targetsOf([])).toEqual([]);
    expect(targetsOf([row('math', 0, 100)])).toEqual([]);
    expect(targetsOf([row('math', 100, 100)])).toEqual([]);
  });
});

describe('chart', () => {
  const ages = fc.double({ min: 0, max: 24 * 400, noNaN: true });

  it('holds the campaign from its beginning to the end in at most twenty points', () => {
    fc.assert(
      fc.property(ages, fc.integer({ min: 0, max: 7 * 24 * HOUR }), (hours, shift) => {
        const end = END + shift;
        const firstAt = end - hours * HOUR;
        const { from, to, bucketHours } = chartSpan(firstAt, end);
        expect(from).toBeLessThanOrEqual(firstAt);
        expect(to).toBeGreaterThanOrEqual(end);
        expect((to - from) / (bucketHours * HOUR)).toBeLessThanOrEqual(20);
        expect((to - from) % (bucketHours * HOUR)).toBe(0);
      }),
    );
  });

  it.each([
    [1, 1, 4],
    [12, 1, 16],
    [14, 1, 19],
    [15, 2, 10],
    [7 * 24, 12, 17],
    [100 * 24, 168, 17],
    [400 * 24, 600, 19],
  ])('shows %i hours in buckets of %i, %i of them', (hours, bucketHours, points) => {
    const end = 600 * HOUR * 700;
    const span = chartSpan(end - hours * HOUR, end);
    expect(span).toEqual({ from: end - points * bucketHours * HOUR, to: end, bucketHours });
  });

  it('keeps empty buckets, and never shows fewer than no others', () => {
    const span = { from: END, to: END + 3 * HOUR, bucketHours: 1 };
    const points = chartPoints(
      span,
      [
        { at: END, exchanges: 5 },
        { at: END + 2 * HOUR, exchanges: 4 },
      ],
      [
        { at: END, exchanges: 12 },
        { at: END + 2 * HOUR, exchanges: 3 },
      ],
    );
    expect(points).toEqual({
      bucketHours: 1,
      points: [
        { at: END, campaign: 5, others: 7 },
        { at: END + HOUR, campaign: 0, others: 0 },
        { at: END + 2 * HOUR, campaign: 4, others: 0 },
      ],
    });
  });
});
