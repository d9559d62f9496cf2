import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOf, TRAIT_KINDS, type TraitKind, traitOf } from '../../src/campaigns/trait.ts';
import { createKeyedHash, createTraitHash } from '../../src/ingest/keyed-hash.ts';

const KEY = 'a key for tests only, thirty-two characters';

test.each(Object.keys(TRAIT_KINDS) as TraitKind[])('a trait of kind %s is the keyed hash under its kind', (kind) => {
  const trait = createTraitHash(KEY, kind);
  const plain = createKeyedHash(KEY, kind);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(trait.text(text)).toBe(traitOf(kind, plain.text(text)));
      expect(kindOf(trait.text(text))).toBe(kind);
    }),
  );
});

test('different texts, keys and purposes have different hashes', () => {
  const texts = ['', '\0', 'a', 'a\0', 'ab', 'ba', 'abc', 'é', 'x'.repeat(4096), 'x'.repeat(4097), 'x'.repeat(8192)];
  const hashes = [KEY, `${KEY}.`].flatMap((key) =>
    ['account', 'line'].flatMap((purpose) => texts.map((text) => createKeyedHash(key, purpose).text(text))),
  );
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('a text of several stretches differs by each of them', () => {
  const { text } = createKeyedHash(KEY, 'line');
  const long = 'x'.repeat(20_000);
  const changed = [0, 4095, 4096, 12_000, 19_999].map((at) => `${long.slice(0, at)}y${long.slice(at + 1)}`);
  expect(new Set([long, ...changed].map(text)).size).toBe(changed.length + 1);
});
