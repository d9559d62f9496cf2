import { z } from 'zod';
import { GapFigures } from './detection-gap.ts';
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
});
export type DigestDay = z.output<typeof Day>;

/** The figures of a daily digest as they stood at its slot. */
export const Digest = z.object({
  from: z.number(),
  to: z.number(),
  /** IANA zone of the slot. */
  timezone: z.string(),
  fresh: z.array(Line.extend({ status: z.string(), waitingSince: z.number().nullable() })),
  grown: z.array(Line.extend({ before: z.number() })),
  /** Decisions of people in the day, oldest first. */
  decided: z.array(Line.extend({ action: z.string(), actor: z.string(), at: z.number() })),
  waiting: z.array(Line.extend({ since: z.number() })),
  day: Day,
  dayBefore: Day,
  eventsUntil: z.number().nullable(),
  audit: z.object({ entries: z.number(), hash: z.string() }),
  outbox: z.object({ waiting: z.number(), dead: z.number() }),
  // Older rows of the outbox lack these two.
  /** Detections of the campaigns that were dismissed in the day. */
  precision: z.array(Precision).default([]),
  gaps: z.array(GapFigures).default([]),
});
export type Digest = z.output<typeof Digest>;

/** True when there is nothing for anyone to read or do. */
export function isQuiet({ fresh, grown, decided, waiting, outbox, gaps }: Digest): boolean {
  return fresh.length + grown.length + decided.length + waiting.length + outbox.dead + gaps.length === 0;
}
