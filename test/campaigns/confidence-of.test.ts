import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOf } from '../../src/campaigns/confidence-of.ts';

const plain = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

describe('a confidence', () => {
  it('of nine to one is what it says, so that what is alerted stays what it is', () => {
    expect(confidenceOf(Math.log(9))).toBeCloseTo(0.9, 12);
    expect(confidenceOf(Math.log(9) - 1e-6)).toBeLessThan(0.9);
  });

  it('is less extreme than the odds, below as above', () => {
    expect(confidenceOf(10)).toBeLessThan(plain(10));
    expect(confidenceOf(-9)).toBeGreaterThan(plain(-9));
    expect(confidenceOf(-9)).toBeLessThan(0.05);
  });

  it('keeps the order of the odds, between nought and one', () => {
    const odds = fc.double({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(odds, odds, (a, b) => {
        expect(confidenceOf(Math.min(a, b))).toBeLessThanOrEqual(confidenceOf(Math.max(a, b)));
        expect(confidenceOf(a)).toBeGreaterThanOrEqual(0);
        expect(confidenceOf(a)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
