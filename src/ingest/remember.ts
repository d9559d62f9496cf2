/** Longer texts are not kept as keys. */
const LONGEST_KEY = 8192;

/**
 * `make`, with its answers kept: in two halves, the older of which is dropped when the newer is full. So at most
 * `size` are held, what is asked for again stays, and a hostile stream of new values costs no more than no memory.
 */
export function remember<T>(size: number, make: (text: string) => T): (text: string) => T {
  let newer = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    const fresh = newer.get(text);
    // An answer may itself be undefined.
    if (fresh !== undefined || newer.has(text)) return fresh as T;
    const answer = older.has(text) ? (older.get(text) as T) : make(text);
    if (text.length > LONGEST_KEY) return answer;
    if (newer.size >= size / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(text, answer);
    return answer;
  };
}
