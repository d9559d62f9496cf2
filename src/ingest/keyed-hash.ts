import { createHmac } from 'node:crypto';
import { TRAIT_KINDS, type TraitKind } from '../campaigns/trait.ts';
import { sipHash } from './sip-hash.ts';

/** Keyed 64-bit hashes for one purpose, as signed numbers: without the key nobody can test a guess of what was hashed. */
export interface KeyedHash {
  text: (text: string) => bigint;
  /** Of `words[from, to)`, at most 2,048 of them; not comparable with a text's. */
  words: (words: ArrayLike<number>, from: number, to: number) => bigint;
}

/** Longer texts are hashed a stretch at a time, each with the hash of what came before. */
const STRETCH = 4096;

/** A hash for `purpose`, under a key of its own: equal texts in two purposes have unrelated hashes. */
export function createKeyedHash(secret: string, purpose: string): KeyedHash {
  return make(secret, purpose, 0, 0);
}

/** The same, as a trait's number: see `traitOf`. */
export function createTraitHash(secret: string, kind: TraitKind, purpose: string = kind): KeyedHash {
  return make(secret, purpose, 0xf0000000, TRAIT_KINDS[kind] << 28);
}

/** `mask` covers the bits of the high half that give way to `mark`. */
function make(secret: string, purpose: string, mask: number, mark: number): KeyedHash {
  const key = subkey(secret, purpose);
  const out = new Uint32Array(2);
  const signed = new BigInt64Array(out.buffer);
  const buffer = new Int32Array(STRETCH / 2 + 3);

  function words(values: ArrayLike<number>, from: number, to: number): bigint {
    // Into an array of one sort, whatever they came in: `sipHash` sees no other.
    for (let at = from; at < to; at += 1) buffer[at - from] = values[at] ?? 0;
    return finish(to - from);
  }

  function finish(count: number): bigint {
    sipHash(key, buffer, 0, count, out);
    out[1] = ((out[1] ?? 0) & ~mask) | mark;
    return signed[0] ?? 0n;
  }

  function text(value: string): bigint {
    out.fill(0);
    for (let from = 0; ; from += STRETCH) {
      const to = Math.min(from + STRETCH, value.length);
      let count = 0;
      for (let at = from; at < to; at += 2) {
        buffer[count] = value.charCodeAt(at) | ((at + 1 < to ? value.charCodeAt(at + 1) : 0) << 16);
        count += 1;
      }
      // The length tells an odd end from a NUL; the last two chain the stretches.
      buffer[count] = to;
      buffer[count + 1] = out[0] ?? 0;
      buffer[count + 2] = out[1] ?? 0;
      if (to === value.length) return finish(count + 3);
      sipHash(key, buffer, 0, count + 3, out);
    }
  }

  return { text, words };
}

/** 128 bits for one purpose. `HMAC-SHA256` makes them independent; SipHash then only ever sees its own. */
export function subkey(secret: string, purpose: string): Int32Array {
  const digest = createHmac('sha256', secret).update(`retort fingerprint\0${purpose}`).digest();
  return Int32Array.from([0, 4, 8, 12], (at) => digest.readInt32LE(at));
}
