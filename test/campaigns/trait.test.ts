import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CONTENT_KINDS,
  isOfContent,
  kindOf,
  kindOfTrait,
  rangesOfKinds,
  TRAIT_KINDS,
  traitOf,
  type TraitKind,
} from '../../src/campaigns/trait.ts';

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

it('has one range of numbers for kinds in a row, in whatever order they are named, and two over the sign', () => {
  const last = 2n ** 60n - 1n;
  const from = (of: TraitKind) => traitOf(of, 0n);
  expect(rangesOfKinds([])).toEqual([]);
  expect(rangesOfKinds(['prompt_tail', 'prompt_head', 'payment'])).toEqual([
    [from('prompt_head'), from('prompt_tail') + last],
    [from('payment'), from('payment') + last],
  ]);
  // Kinds 7 and 8.
  expect(rangesOfKinds(['system_band', 'tls_client'])).toEqual([
    [from('system_band'), from('system_band') + last],
    [from('tls_client'), from('tls_client') + last],
  ]);
  expect([from('system_band') > 0n, from('tls_client') < 0n]).toEqual([true, true]);
});

it('tells of what a hit is by its number, and of a name nothing', () => {
  expect(kindOfTrait(String(traitOf('payment', 7n)))).toBe('payment');
  expect(kindOfTrait('young')).toBeUndefined();
  expect(
    ['prompt_head', 'system_band', 'prompt_item', 'payment'].map((each) =>
      isOfContent({ trait: String(traitOf(each as TraitKind, 7n)) }),
    ),
  ).toEqual([true, true, false, false]);
  expect(isOfContent({ trait: 'young' })).toBe(false);
});
