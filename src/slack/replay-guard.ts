import { MINUTE_MS } from '../time-units.ts';

/** Remembers what was handled: Slack repeats events, and its signature check lets a recorded request in again. */
export interface ReplayGuard {
  /** True the first time that any of these keys is seen, false when one was seen before. */
  isFirst(keys: readonly string[]): boolean;
}

/** Longer than a signature holds (five minutes either way). */
const KEEP_MS = 15 * MINUTE_MS;

export function createReplayGuard({ now, most = 20_000 }: { now: () => number; most?: number }): ReplayGuard {
  // In order of insertion, so the oldest come first.
  const seen = new Map<string, number>();

  return {
    isFirst(keys) {
      const at = now();
      for (const [key, seenAt] of seen) {
        if (at - seenAt < KEEP_MS && seen.size <= most) break;
        seen.delete(key);
      }
      if (keys.some((key) => seen.has(key))) return false;
      for (const key of keys) seen.set(key, at);
      return true;
    },
  };
}
