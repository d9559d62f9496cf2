import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyTable, halvesOf } from '../../../src/db/traits/key-table.ts';

const Half = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

describe('a table of keys', () => {
  it('gives each key the place at which it came first, and finds no other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(Half, Half), { maxLength: 3_000 }), fc.tuple(Half, Half), (keys, other) => {
        const table = createKeyTable();
        const places = new Map<string, number>();
        for (const key of keys) {
          const known = places.get(String(key)) ?? places.size;
          places.set(String(key), known);
          expect(table.put(...key)).toBe(known);
        }
        expect(table.size()).toBe(places.size);
        for (const key of keys) expect(table.find(...key)).toBe(places.get(String(key)));
        expect(table.find(...other)).toBe(places.get(String(other)) ?? -1);
        for (const [text, place] of places) expect(`${table.high(place)},${table.low(place)}`).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('grows past what was expected, with keys that differ in one half alone', () => {
    const table = createKeyTable(10);
    for (let at = 0; at < 20_000; at += 1) {
      expect(table.put(at, 7)).toBe(2 * at);
      expect(table.put(7, -at - 1)).toBe(2 * at + 1);
    }
    expect(table.find(19_999, 7)).toBe(39_998);
    expect(table.find(7, -20_001)).toBe(-1);
  });

  it('begins anew where it is cleared, also after it was large', () => {
    const table = createKeyTable();
    for (const most of [3, 5_000, 10, 2, 700, 0, 5_000]) {
      table.clear();
      expect(table.size()).toBe(0);
      expect(table.find(0, 1)).toBe(-1);
      for (let at = 0; at < most; at += 1) expect(table.put(at, most)).toBe(at);
      for (let at = 0; at < most; at += 1) expect(table.find(at, most)).toBe(at);
      expect(table.find(most, most)).toBe(-1);
    }
  });

  it('takes a 64-bit number by its halves', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (key) => {
        const [high, low] = halvesOf(key);
        expect((BigInt(high) << 32n) | BigInt(low >>> 0)).toBe(key);
      }),
    );
  });
});
