import { describe, expect, it } from 'vitest';
import { at, errorAtLargest, fitLine } from '../../bench/scale/fit-line.ts';

describe('a line through measured points', () => {
  const exact = [1, 2, 4, 8].map((x) => ({ x, y: 3 + 2 * x }));

  it('is found where they lie on one', () => {
    const line = fitLine(exact);
    expect(line.base).toBeCloseTo(3, 9);
    expect(line.each).toBeCloseTo(2, 9);
    expect(at(line, 100)).toBeCloseTo(203, 6);
    expect(errorAtLargest(exact)).toBeCloseTo(0, 9);
  });

  it('errs by the same share of a small point as of a large one', () => {
    const line = fitLine([
      { x: 0, y: 1 },
      { x: 0, y: 3 },
      { x: 1_000, y: 1_000 },
      { x: 1_000, y: 3_000 },
    ]);
    expect(line.base).toBeCloseTo((1 / 1 + 3 / 9) / (1 / 1 + 1 / 9), 6);
  });

  it('says how far off it is where it was not measured', () => {
    const curved = [1, 2, 4, 8].map((x) => ({ x, y: x * x }));
    expect(errorAtLargest(curved)).toBeLessThan(-0.5);
    expect(() => errorAtLargest(exact.slice(0, 2))).toThrow('three points');
  });
});
