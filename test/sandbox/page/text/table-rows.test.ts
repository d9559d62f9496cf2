import { describe, expect, it } from 'vitest';
import { compareCells, isNumeric } from '../../../../sandbox/page/text/table-rows.ts';

const raw = (text: string) => ({ type: 'raw_text', text });
const number = (value: number) => ({ type: 'raw_number', value, text: `${value} things` });

describe('compareCells', () => {
  it('orders numbers by value, whatever they are shown as', () => {
    expect([number(10), number(9), raw('1,200'), raw('8 %')].toSorted(compareCells)).toEqual([
      raw('8 %'),
      number(9),
      number(10),
      raw('1,200'),
    ]);
  });

  it('orders words with their digits counted, after numbers', () => {
    expect([raw('acct_10'), raw('acct_9'), raw('7')].toSorted(compareCells)).toEqual([
      raw('7'),
      raw('acct_9'),
      raw('acct_10'),
    ]);
  });
});

describe('isNumeric', () => {
  it('is true for a column of numbers alone', () => {
    expect(isNumeric([[number(1)], [number(2)]], 0)).toBe(true);
    expect(isNumeric([[number(1)], [raw('2')]], 0)).toBe(false);
  });
});
