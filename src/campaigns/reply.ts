import { z } from 'zod';
import { Alerted } from './campaign.ts';
import { LIFECYCLE_REPLIES } from './lifecycle-reply.ts';

/** Why a thread hears of a campaign again; `first` is the root message itself and has no reply. */
const REPLY_REASONS = ['grew', 'escalated', 'new_family', 'pivot', 'failover', 'reopened', 'repeat_elapsed'] as const;

/** One line of a campaign's history, kept in the outbox until its thread has it. Times are epoch milliseconds. */
export const Reply = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('alert'),
    reason: z.enum(REPLY_REASONS),
    at: z.number(),
    before: Alerted.nullable(),
    after: Alerted,
    /** One sentence without markup, where the figures alone do not say it. */
    note: z.string().optional(),
    /** Whose doing it was, where it was a person's. */
    by: z.string().optional(),
  }),
  z.object({
    type: z.literal('acknowledged'),
    at: z.number(),
    /** A Slack user id, or a name from elsewhere. */
    by: z.string(),
  }),
  z.object({ type: z.literal('confirmed'), at: z.number(), by: z.string(), why: z.string() }),
  z.object({ type: z.literal('dismissed'), at: z.number(), by: z.string(), why: z.string() }),
  ...LIFECYCLE_REPLIES,
]);
export type Reply = z.output<typeof Reply>;

/** Only what a sleeping responder should wake for is shown in the channel as well. */
export function isBroadcast(reply: Reply): boolean {
  // Somebody counts on a call that never went out.
  if (reply.type === 'not_told') return reply.event === 'trigger';
  return reply.type === 'alert' && (reply.reason === 'escalated' || reply.reason === 'reopened');
}
