import { z } from 'zod';
import { Severity, Status } from './campaign.ts';
import { Change } from './change.ts';

/** Something told in a channel by itself, outside any campaign's thread. Times are epoch milliseconds. */
export const Notice = z.discriminatedUnion('type', [
  /** A campaign became so severe that another channel is to know, while its message stands where it stood. */
  z.object({
    type: z.literal('risen'),
    campaign: z.string(),
    from: Severity,
    to: Severity,
    /** Where its message is: a channel's id. */
    standsIn: z.string(),
    /** The channel that is told, by name or id. */
    target: z.string(),
    at: z.number(),
  }),
  /** Campaigns without a message of their own wait for somebody. */
  z.object({
    type: z.literal('called'),
    /** A user group by id or handle. */
    group: z.string().nullable(),
    campaigns: z.array(z.object({ id: z.string(), severity: Severity, accountCount: z.number(), since: z.number() })),
    at: z.number(),
  }),
  /** A campaign is taken to legal and policy: what is known is read when it is told. */
  z.object({
    type: z.literal('legal'),
    campaign: z.string(),
    by: z.string(),
    why: z.string(),
    /** To the campaign's message. */
    link: z.string().nullable(),
    target: z.string(),
    at: z.number(),
  }),
  /** What became of a campaign that legal was told of. */
  z.object({
    type: z.literal('legal_news'),
    campaign: z.string(),
    status: Status,
    by: z.string(),
    target: z.string(),
    at: z.number(),
  }),
  /** Somebody changed something for every campaign. */
  z.object({ type: z.literal('changed'), change: Change }),
]);
export type Notice = z.output<typeof Notice>;
