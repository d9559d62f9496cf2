import type { Pacing } from './options.ts';

/** A bucket of tokens per channel, filled by the clock. */
export class PostPacing {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #pacing: Pacing;
  readonly #now: () => number;

  constructor(pacing: Pacing, now: () => number) {
    this.#pacing = pacing;
    this.#now = now;
  }

  /** Takes one post; answers the seconds to wait when there are too many, else 0. */
  take(channel: string): number {
    const { perSecond, burst } = this.#pacing;
    const at = this.#now();
    const bucket = this.#buckets.get(channel) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(channel, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }
}
