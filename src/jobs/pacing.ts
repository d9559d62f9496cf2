/** When each channel may be posted to again. */
export interface Pacing {
  /** Milliseconds until a post may go out. */
  waitMs(channel: string, now: number): number;
  posted(channel: string, now: number): void;
  /** Slack asked for a pause. */
  hold(channel: string, until: number): void;
}

/** Slack takes about one post a second in a channel. */
const APART_MS = 1_100;

export function createPacing(): Pacing {
  const next = new Map<string, number>();
  const atLeast = (channel: string, at: number) => next.set(channel, Math.max(next.get(channel) ?? 0, at));
  return {
    waitMs: (channel, now) => Math.max(0, (next.get(channel) ?? 0) - now),
    posted: (channel, now) => atLeast(channel, now + APART_MS),
    hold: (channel, until) => atLeast(channel, until),
  };
}
