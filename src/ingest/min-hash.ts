const HIGHEST_BIT = 1 << 31;
const LARGEST = 0x7fffffff;

/** Mixes a 32-bit number: every bit of the input moves half of the output's. */
function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export interface MinHashOptions {
  /** Words read, from the start. */
  words: number;
  /** Words of a shingle: what a text is compared by. */
  shingle: number;
  /** Values made: each is the least shingle in an order of its own. */
  values: number;
}

/**
 * MinHash (Broder, 1997): two texts agree in a value as often as their shingles overlap, so padding and edits leave
 * some values alike. Fewer words than a shingle: none. The array is overwritten by the next call.
 */
export function createMinHash({ words, shingle, values }: MinHashOptions): (hashes: Uint32Array) => Uint32Array {
  const orders = Int32Array.from({ length: values }, (_, order) => Math.imul(order + 1, 0x9e3779b1));
  // With the highest bit turned, signed numbers are in the order of unsigned ones, and cheaper.
  const least = new Int32Array(values);
  const unsigned = new Uint32Array(least.buffer);
  const none = new Uint32Array(0);
  return (hashes) => {
    const last = Math.min(hashes.length, words) - shingle;
    if (last < 0) return none;
    least.fill(LARGEST);
    for (let at = 0; at <= last; at += 1) {
      let joined = 0;
      for (let i = 0; i < shingle; i += 1) joined = mix(joined ^ (hashes[at + i] ?? 0));
      for (let order = 0; order < values; order += 1) {
        const value = mix(joined ^ (orders[order] ?? 0)) ^ HIGHEST_BIT;
        if (value < (least[order] ?? 0)) least[order] = value;
      }
    }
    for (let order = 0; order < values; order += 1) least[order] = (least[order] ?? 0) ^ HIGHEST_BIT;
    return unsigned;
  };
}
