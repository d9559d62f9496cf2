/** What hangs on single words, by the hashes that a `WordReader` gives them. */
export interface WordTable<Value> {
  get(hash: number): Value | undefined;
}

/** Bits of a hash by which most words, which have nothing, are told at one look. */
const LOOK = 0xfff;

export function createWordTable<Value>(entries: Iterable<readonly [number, Value]>): WordTable<Value> {
  const values = new Map<number, Value>();
  const looks = new Uint8Array(LOOK + 1);
  for (const [hash, value] of entries) {
    // Signed: as a key, a number past 2^31 is an object, and takes ten times as long to find.
    values.set(hash | 0, value);
    looks[hash & LOOK] = 1;
  }
  return { get: (hash) => (looks[hash & LOOK] === 0 ? undefined : values.get(hash | 0)) };
}
