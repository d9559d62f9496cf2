import { z } from 'zod';
import { Action } from './action.ts';
import { Change, peopleOf } from './change.ts';
import { GapFigures } from './detection-gap.ts';
import { EscalationRecord } from './escalation.ts';
import { Precision } from './precision.ts';
import { Kind, Severity } from './campaign.ts';

const Line = z.object({ id: z.string(), severity: Severity, kind: Kind, accountCount: z.number() });

/** What one day looked like. Times are epoch milliseconds, durations milliseconds. */
const Day = z.object({
  alerts: z.number(),
  /** Median from alert to acknowledgement; null where nothing was acknowledged. */
  toAcknowledgeMs: z.number().nullable(),
  dismissed: z.number(),
  quarantined: z.number(),
  // Older rows of the outbox lack these.
  contained: z.number().default(0),
  /** Median from alert to containment. */
  toContainMs: z.number().nullable().default(null),
});
export type DigestDay = z.output<typeof Day>;

const Month = z.object({
  /** `2026-04` */
  month: z.string(),
  campaigns: z.number(),
  accounts: z.number(),
  confirmed: z.number(),
  dismissed: z.number(),
  toAcknowledgeMs: z.number().nullable(),
  toContainMs: z.number().nullable(),
});
export type DigestMonth = z.output<typeof Month>;

/** The figures of a daily digest as they stood at its slot. */
export const Digest = z.object({
  from: z.number(),
  to: z.number(),
  /** IANA zone of the slot. */
  timezone: z.string(),
  fresh: z.array(Line.extend({ status: z.string(), waitingSince: z.number().nullable() })),
  grown: z.array(Line.extend({ before: z.number() })),
  /** Decisions of people in the day, oldest first. */
  decided: z.array(Line.extend({ action: z.string(), actor: z.string(), at: z.number(), why: z.string().default('') })),
  waiting: z.array(Line.extend({ since: z.number() })),
  day: Day,
  dayBefore: Day,
  eventsUntil: z.number().nullable(),
  audit: z.object({ entries: z.number(), hash: z.string() }),
  outbox: z.object({ waiting: z.number(), dead: z.number() }),
  // Older rows of the outbox lack what follows.
  /** Detections of the campaigns that were dismissed in the day. */
  precision: z.array(Precision).default([]),
  gaps: z.array(GapFigures).default([]),
  /** Open campaigns that somebody has: what the shift hands over. */
  held: z
    .array(z.object({ id: z.string(), severity: Severity, holder: z.string(), since: z.number().nullable() }))
    .default([]),
  snoozesEnding: z
    .array(z.object({ id: z.string(), until: z.number(), by: z.string(), reason: z.string() }))
    .default([]),
  /** Actions that wait for another person's approval. */
  approvals: z
    .array(z.object({ campaign: z.number(), action: Action, accountCount: z.number(), until: z.number() }))
    .default([]),
  /** Escalations that stand, and those of the day, the newest first. */
  escalations: z.array(EscalationRecord).default([]),
  /** What people changed for every campaign, oldest first. */
  changed: z.array(Change).default([]),
  /** New campaigns by local day, oldest first. */
  series: z.array(z.object({ day: z.string(), alerts: z.number() })).default([]),
  /** On the first of a month: the month that ended and those before it, newest first. */
  months: z.array(Month).default([]),
});
export type Digest = z.output<typeof Digest>;

/** True when there is nothing for anyone to read or do. */
export function isQuiet(digest: Digest): boolean {
  const { from, fresh, grown, decided, waiting, outbox, gaps, snoozesEnding, approvals, months, changed } = digest;
  const escalated = digest.escalations.filter(({ at, endedAt }) => Math.max(at, endedAt ?? 0) >= from);
  const lists = [fresh, grown, decided, waiting, gaps, snoozesEnding, approvals, escalated, months, changed];
  return outbox.dead === 0 && lists.every((list) => list.length === 0);
}

/** Everybody whom a digest names. */
export function peopleIn({ decided, held, snoozesEnding, escalations, changed }: Digest): string[] {
  return [
    ...decided.map(({ actor }) => actor),
    ...held.map(({ holder }) => holder),
    ...snoozesEnding.map(({ by }) => by),
    ...escalations.map(({ by }) => by),
    ...changed.flatMap(peopleOf),
  ];
}
