import { MINUTE_MS } from '../time-units.ts';
import type { Campaign } from './campaign.ts';

/** From how many new campaigns within how long they are told in one message: docs/decisions/0015-storms-are-one-message.md. */
export interface StormRule {
  campaigns: number;
  windowMs: number;
}

export const STORM_RULE: StormRule = { campaigns: 6, windowMs: 30 * MINUTE_MS };

/** Many new campaigns at once, and those of them that have no message of their own yet. Times are epoch milliseconds. */
export interface Storm {
  number: number;
  begunAt: number;
  post: { channel: string; ts: string } | null;
  campaigns: readonly Campaign[];
}

/** Whether a campaign may be told in a storm's message: nobody has asked for it or answered it. */
export function mayBeGrouped({ post, status, assigned, alertedAt }: Campaign): boolean {
  return post === null && status === 'suspected' && assigned === null && alertedAt !== null;
}
