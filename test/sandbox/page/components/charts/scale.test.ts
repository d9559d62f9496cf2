import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelStep, niceTicks, ringSlice } from '../../../../../sandbox/page/components/charts/scale.ts';
import { readChart } from '../../../../../sandbox/page/text/read-chart.ts';

describe('niceTicks', () => {
  it('gives round values around zero', () => {
    expect(niceTicks(0, 9910, 4)).toEqual([0, 2500, 5000, 7500, 10000]);
    expect(niceTicks(-3, 7, 4)).toEqual([-5, -2.5, 0, 2.5, 5, 7.5]);
  });

  it('gives whole values for what is counted', () => {
    expect(niceTicks(0, 1, 4, true)).toEqual([0, 1]);
    expect(niceTicks(0, 3, 4, true)).toEqual([0, 1, 2, 3]);
    expect(niceTicks(0, 9, 4, true)).toEqual([0, 5, 10]);
    expect(niceTicks(0, 9910, 4, true)).toEqual([0, 2500, 5000, 7500, 10000]);
  });

  it('covers any range with few ticks, zero among them', () => {
    const value = fc.integer({ min: -1e12, max: 1e12 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(value, value, (a, b) => {
        const ticks = niceTicks(Math.min(a, b), Math.max(a, b), 4);
        expect(ticks).toContain(0);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, a, b));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, a, b));
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe('labelStep', () => {
  it('shows all labels where there is room, and fewer where there is not', () => {
    expect(labelStep(['a', 'b'], 400)).toBe(1);
    expect(
      labelStep(
        Array.from({ length: 20 }, () => 'September'),
        400,
      ),
    ).toBe(4);
  });
});

describe('ringSlice', () => {
  it('draws a whole ring too', () => {
    expect(ringSlice(50, 40, 20, 0, 1)).not.toMatch(/NaN/);
    expect(ringSlice(50, 40, 20, 0, 1).split('A')[1]).toMatch(/^40 40 0 1 1/);
  });
});

describe('readChart', () => {
  it('puts the points in the order of the categories, and fills what is missing', () => {
    const series = [
      {
        name: 'a',
        data: [
          { label: 'y', value: 2 },
          { label: 'x', value: 1 },
          { label: 'stray', value: 9 },
        ],
      },
    ];
    expect(readChart({ type: 'bar', series, axis_config: { categories: ['x', 'y', 'z'] } })).toMatchObject({
      type: 'bar',
      series: [
        {
          data: [
            { label: 'x', value: 1 },
            { label: 'y', value: 2 },
            { label: 'z', value: 0 },
          ],
        },
      ],
    });
  });

  it('makes a chart of anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(['pie', 'line', 'bar', 'area']).toContain(readChart(value).type);
      }),
    );
  });
});
