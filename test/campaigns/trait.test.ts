import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { CONTENT_KINDS, kindOf, TRAIT_KINDS, traitOf, type TraitKind } from '../../src/campaigns/trait.ts';

const KINDS = Object.keys(TRAIT_KINDS) as TraitKind[];
const kind = fc.constantFrom(...KINDS);
const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

it('bears its kind, whatever the hash', () => {
  fc.assert(
    fc.property(kind, hash, (of, value) => {
      expect(kindOf(traitOf(of, value))).toBe(of);
    }),
  );
});

it('fits a signed 64-bit column, and comes back from its decimal text', () => {
  fc.assert(
    fc.property(kind, hash, (of, value) => {
      const trait = traitOf(of, value);
      expect(BigInt.asIntN(64, trait)).toBe(trait);
      expect(kindOf(BigInt(String(trait)))).toBe(of);
    }),
  );
});

it('keeps sixty bits of the hash', () => {
  fc.assert(
    fc.property(kind, hash, hash, (of, a, b) => {
      const same = BigInt.asUintN(60, a) === BigInt.asUintN(60, b);
      expect(traitOf(of, a) === traitOf(of, b)).toBe(same);
    }),
  );
});

it('no kind owns zero, and every code is a kind of its own in four bits', () => {
  expect(kindOf(0n)).toBeUndefined();
  const codes = Object.values(TRAIT_KINDS);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => code < 1 || code > 15)).toEqual([]);
  expect(CONTENT_KINDS.filter((each) => !KINDS.includes(each))).toEqual([]);
});
