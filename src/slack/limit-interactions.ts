import type { Log } from '../log.ts';
import { noticeHome } from './blocks/home.ts';
import { tooFast } from './blocks/refusal.ts';
import type { Interactions } from './interactions.ts';
import type { RateLimiter } from './rate-limit.ts';

export type LimitedKind = keyof Interactions;

export interface LimitOptions {
  limiter: RateLimiter;
  now: () => number;
  log: Log;
  /** Told of every request that was refused. */
  onRefused?: (kind: LimitedKind) => void;
}

/** How often the log hears of people who go on; the metric counts them all. */
const LOG_EVERY_MS = 60_000;

/**
 * Refuses what one person asks too fast, before Slack or the database are asked anything for it. They alone are told,
 * a form stays as they filled it in, and nothing goes into the audit.
 */
export function limitInteractions(interactions: Interactions, options: LimitOptions): Interactions {
  const { limiter, now, log, onRefused } = options;
  let loggedAt = Number.NEGATIVE_INFINITY;
  let unlogged = 0;

  /** What to say, or undefined where the person may go on. */
  function refusal(user: string, kind: LimitedKind) {
    const verdict = limiter.take(user);
    if (verdict.ok) return undefined;
    onRefused?.(kind);
    unlogged += 1;
    if (now() - loggedAt >= LOG_EVERY_MS) {
      log.warn({ user, kind, refused: unlogged }, 'somebody asks faster than they may');
      loggedAt = now();
      unlogged = 0;
    }
    return tooFast(verdict.waitMs, limiter.rate);
  }

  return {
    async command(input) {
      const message = refusal(input.user, 'command');
      return message === undefined ? interactions.command(input) : { message };
    },
    async press(input) {
      const message = refusal(input.user, 'press');
      return message === undefined ? interactions.press(input) : { message };
    },
    async home(input) {
      const message = refusal(input.user, 'home');
      return message === undefined ? interactions.home(input) : noticeHome(message);
    },
    async submit(input) {
      const message = refusal(input.user, 'submit');
      if (message === undefined) return interactions.submit(input);
      const [field] = Object.keys(input.fields);
      // A word at a field leaves the form open, with what was typed.
      return field === undefined ? { message } : { errors: { [field]: message.text } };
    },
  };
}
