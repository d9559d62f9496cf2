import { expect, it } from 'vitest';
import { figureTable } from '../../bench/scale/figure.ts';

it('writes figures with three digits, what they are to reach, and a dash for what was not measured', () => {
  const table = figureTable([
    { measure: 'exchanges a second', value: 46_115.4, toReach: '≥ 100,000', holds: false, note: 'made apart' },
    { measure: 'ratio', value: 1.1734, toReach: '≤ 1.3', holds: true },
    { measure: 'precision', value: undefined },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| exchanges a second | 46,115 | ≥ 100,000 | no | made apart |',
    '| ratio | 1.17 | ≤ 1.3 | yes |  |',
    '| precision | – | – | – |  |',
  ]);
});
