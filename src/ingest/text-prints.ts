import { createTraitHash } from './keyed-hash.ts';
import { createMinHash } from './min-hash.ts';
import type { Words } from './words.ts';

/**
 * All figures were chosen by measurement: docs/decisions/0005-fingerprints.md. Words of a head or tail, and of the
 * start and the shingles that bands are made from.
 */
const END_WORDS = 8;
const BAND_START_WORDS = 48;
const SHINGLE_WORDS = 4;
/** Shorter texts are said by anyone, and make no content trait. */
const LEAST_WORDS = 4;

/** What turns a text's words into its content traits: head, tail and `bands` MinHash bands. */
export function createTextPrints(secret: string, of: 'prompt' | 'system', bands: number): (words: Words) => bigint[] {
  const head = createTraitHash(secret, `${of}_head`);
  const tail = createTraitHash(secret, `${of}_tail`);
  const band = createTraitHash(secret, `${of}_band`);
  const minHash = createMinHash({ words: BAND_START_WORDS, shingle: SHINGLE_WORDS, values: bands });
  const pair = new Uint32Array(2);
  return ({ start, end }) => {
    if (start.length < LEAST_WORDS) return [];
    const traits = [
      head.words(start, 0, Math.min(END_WORDS, start.length)),
      tail.words(end, Math.max(0, end.length - END_WORDS), end.length),
    ];
    minHash(start).forEach((least, order) => {
      pair[0] = order;
      pair[1] = least;
      traits.push(band.words(pair, 0, 2));
    });
    return traits;
  };
}
