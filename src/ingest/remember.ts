/** Longer texts are not kept as keys. */
const LONGEST_KEY = 8192;

/**
 * `make`, with its answers kept: in two halves, the older of which is dropped when the newer is full. So at most
 * `size` are held, what is asked for again stays, and a hostile stream of new values costs no more than no memory.
 */
export function remember<Key extends string | number, T>(size: number, make: (key: Key) => T): (key: Key) => T {
  let newer = new Map<Key, T>();
  let older = new Map<Key, T>();
  return (key) => {
    const fresh = newer.get(key);
    // An answer may itself be undefined.
    if (fresh !== undefined || newer.has(key)) return fresh as T;
    const answer = older.has(key) ? (older.get(key) as T) : make(key);
    if (typeof key === 'string' && key.length > LONGEST_KEY) return answer;
    if (newer.size >= size / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(key, answer);
    return answer;
  };
}
