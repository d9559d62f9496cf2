import { z } from 'zod';
import { Severity, Snooze } from './campaign.ts';
import { EVENT_KINDS, Target } from './escalation.ts';

const said = { at: z.number(), by: z.string() };
const why = z.string();
const pair = { ...said, other: z.string(), direction: z.enum(['into', 'from']), why };

/** What a thread is told of what people decide between the first alert and the end. Times are epoch milliseconds. */
export const LIFECYCLE_REPLIES = [
  z.object({ type: z.literal('assigned'), ...said, to: z.string() }),
  z.object({ type: z.literal('noted'), ...said, why }),
  z.object({ type: z.literal('snoozed'), ...said, until: z.number(), why }),
  z.object({ type: z.literal('unsnoozed'), ...said }),
  z.object({
    type: z.literal('woke'),
    at: z.number(),
    /** Whom it concerns: the person it is assigned to, or who snoozed it. */
    holder: z.string(),
    before: Snooze,
    accountCount: z.number(),
    severity: Severity,
  }),
  z.object({ type: z.literal('merged'), ...pair }),
  z.object({ type: z.literal('split'), ...pair, accounts: z.number() }),
  z.object({
    type: z.literal('called'),
    at: z.number(),
    reason: z.enum(['unanswered', 'ran_out', 'lapsed']),
    level: z.number(),
    /** A user group by id or handle. */
    group: z.string().nullable(),
    /** Who had it. */
    holder: z.string().nullable(),
    since: z.number(),
    severity: Severity,
    accountCount: z.number(),
  }),
  z.object({ type: z.literal('escalated'), ...said, target: Target, why }),
  /** The other side could not be told. */
  z.object({
    type: z.literal('not_told'),
    at: z.number(),
    target: Target,
    event: z.enum(EVENT_KINDS),
    error: z.string(),
  }),
] as const;

export type LifecycleReply = z.output<(typeof LIFECYCLE_REPLIES)[number]>;
