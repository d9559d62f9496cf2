/** How often one person may ask: so many at once, and after that one each time that a token comes back. */
export interface Rate {
  burst: number;
  /** How long one token takes to come back, milliseconds. */
  everyMs: number;
}

/** Somebody who works through a storm of alerts stays far below it, and so does a script that looks once; a flood does not. */
export const PERSON_RATE: Rate = { burst: 120, everyMs: 500 };

/** What is left to a person, and when that was so. */
export interface Bucket {
  tokens: number;
  at: number;
}

export type RateVerdict = { ok: true } | { ok: false; waitMs: number };

/** Takes one token, where there is one. Without a bucket it is full; a clock that goes backwards gives nothing. */
export function takeToken(
  bucket: Bucket | undefined,
  now: number,
  { burst, everyMs }: Rate,
): { bucket: Bucket; verdict: RateVerdict } {
  const before = bucket ?? { tokens: burst, at: now };
  const at = Math.max(now, before.at);
  const tokens = Math.min(burst, before.tokens + (at - before.at) / everyMs);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at }, verdict: { ok: true } };
  return { bucket: { tokens, at }, verdict: { ok: false, waitMs: Math.ceil((1 - tokens) * everyMs) } };
}

export interface RateLimiter {
  /** Takes a token of this person's. The one workspace whose requests are let in gives the ids. */
  take(user: string): RateVerdict;
  rate: Rate;
}

export interface RateLimiterOptions {
  now: () => number;
  rate?: Rate;
  /** Most people remembered; whoever asked longest ago is forgotten first, and may begin anew. */
  most?: number;
}

/** The buckets of all who ask, in this process: another replica has its own. */
export function createRateLimiter({ now, rate = PERSON_RATE, most = 10_000 }: RateLimiterOptions): RateLimiter {
  // Whoever asks goes to the end, so that who was silent longest stands first.
  const buckets = new Map<string, Bucket>();
  const fullAgainMs = rate.burst * rate.everyMs;

  return {
    rate,
    take(user) {
      const at = now();
      const { bucket, verdict } = takeToken(buckets.get(user), at, rate);
      buckets.delete(user);
      buckets.set(user, bucket);
      for (const [each, { at: askedAt }] of buckets) {
        if (at - askedAt < fullAgainMs && buckets.size <= most) break;
        buckets.delete(each);
      }
      return verdict;
    },
  };
}
