import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../time-units.ts';
import type { GapFigures } from './detection-gap.ts';

/** What can be wrong with Retort itself, of what Slack is told. */
export const AILMENTS = [
  'stale_data',
  'failing_detections',
  'late_posts',
  'late_escalations',
  'overdue_retention',
  'short_disk',
] as const;
const AilmentName = z.enum(AILMENTS);
export type AilmentName = z.output<typeof AilmentName>;

/** Data older than this is called stale: detections see nothing of what came since. */
export const STALE_AFTER_MS = 2 * HOUR_MS;
/** The job looks every hour whether there is enough to run for: where it did not for longer, something keeps it from it. */
const STOPPED_AFTER_MS = 2.5 * HOUR_MS;
/** A post that waits longer than this is not merely one that Slack asked to wait. */
const LATE_POST_MS = 15 * MINUTE_MS;
/** Somebody waits to be called: two tries that failed are a matter of seconds. */
const LATE_ESCALATION_MS = 5 * MINUTE_MS;

/** Days are dropped once a day, and looked at every hour: what is due for longer is kept by something that is wrong. */
const OVERDUE_MS = 25 * HOUR_MS;

/** How Retort is, as far as it ails. Times are epoch milliseconds. */
export interface SelfFigures {
  now: number;
  /** Up to when detections have seen the traffic; null before the first exchange. */
  eventsUntil: number | null;
  /** When detections last ran, or there was too little that is new for a run; null before the first time. */
  detectedAt: number | null;
  /** Windows that are still to be caught up. */
  gaps: readonly GapFigures[];
  /** Of the posts that should have gone; null where none waits. */
  oldestWaitingAt: number | null;
  /** Of what the other sides of escalations are to be told; null where nothing waits. */
  oldestEscalationAt: number | null;
  /** When all was dropped that was due; null before the first time. */
  retainedAt: number | null;
  /** Since when the disk of our own database has too little room; null while it has, or is not ours to watch. */
  diskShortSince: number | null;
}

export interface Ailment {
  ailment: AilmentName;
  since: number;
  /** Which detections, where it is about them. */
  detections: string[];
}

/** What of an ailment's beginning or end goes to Slack. */
export const SelfAlert = z.object({
  ailment: AilmentName,
  over: z.boolean(),
  since: z.number(),
  at: z.number(),
  detections: z.array(z.string()),
});
export type SelfAlert = z.output<typeof SelfAlert>;

/** Everything that is wrong; none before there is any data, when nothing can be. */
export function findAilments(figures: SelfFigures): Ailment[] {
  const found = [
    staleData(figures),
    failingDetections(figures),
    latePosts(figures),
    lateEscalations(figures),
    overdueRetention(figures),
    shortDisk(figures),
  ];
  return found.filter((ailment) => ailment !== undefined);
}

function staleData({ now, eventsUntil }: SelfFigures): Ailment | undefined {
  if (eventsUntil === null || now - eventsUntil <= STALE_AFTER_MS) return undefined;
  return { ailment: 'stale_data', since: eventsUntil, detections: [] };
}

function failingDetections({ now, detectedAt, gaps }: SelfFigures): Ailment | undefined {
  const open = gaps.filter(({ open, reason }) => open > 0 && reason !== 'late');
  if (open.length > 0) {
    const detections = [...new Set(open.map(({ detection }) => detection))].toSorted();
    return { ailment: 'failing_detections', since: Math.min(...open.map(({ from }) => from)), detections };
  }
  if (detectedAt === null || now - detectedAt <= STOPPED_AFTER_MS) return undefined;
  return { ailment: 'failing_detections', since: detectedAt, detections: [] };
}

function latePosts({ now, oldestWaitingAt }: SelfFigures): Ailment | undefined {
  if (oldestWaitingAt === null || now - oldestWaitingAt <= LATE_POST_MS) return undefined;
  return { ailment: 'late_posts', since: oldestWaitingAt, detections: [] };
}

function lateEscalations({ now, oldestEscalationAt: since }: SelfFigures): Ailment | undefined {
  if (since === null || now - since <= LATE_ESCALATION_MS) return undefined;
  return { ailment: 'late_escalations', since, detections: [] };
}

function overdueRetention({ now, retainedAt: since }: SelfFigures): Ailment | undefined {
  if (since === null || now - since <= OVERDUE_MS) return undefined;
  return { ailment: 'overdue_retention', since, detections: [] };
}

function shortDisk({ diskShortSince: since }: SelfFigures): Ailment | undefined {
  return since === null ? undefined : { ailment: 'short_disk', since, detections: [] };
}

/** What began and what is over, compared with what was known. */
export function compareAilments(
  known: ReadonlyMap<AilmentName, number>,
  found: readonly Ailment[],
): { begun: Ailment[]; over: Ailment[] } {
  const present = new Set(found.map(({ ailment }) => ailment));
  return {
    begun: found.filter(({ ailment }) => !known.has(ailment)),
    over: [...known].flatMap(([ailment, since]) => (present.has(ailment) ? [] : [{ ailment, since, detections: [] }])),
  };
}
