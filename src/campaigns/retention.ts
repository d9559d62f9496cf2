const DAY_MS = 86_400_000;

/** What is kept for how long. Each day is dropped as a whole, once all of it is older. */
export type Kept = 'raw' | 'traits' | 'counts';

/**
 * The least that may be kept, from the end of the newest closed window back; nobody may lose what is still looked at.
 * Raw: ten days, as far as a chart of parts of days reaches. Traits and counts: a month of windows that a late run looks
 * at again, of a week each.
 */
export const LEAST_MS: Readonly<Record<Kept, number>> = { raw: 10 * DAY_MS, traits: 40 * DAY_MS, counts: 40 * DAY_MS };

/** Roll-ups, where raw exchanges are not kept for longer: a quarter to know a campaign's marks again, and a year. */
const ROLL_UPS_MS = { traits: 90 * DAY_MS, counts: 400 * DAY_MS };

/** How old each may grow when raw exchanges may grow so old. */
export function lifetimes(retentionMs: number): Record<Kept, number> {
  return {
    raw: retentionMs,
    traits: Math.max(ROLL_UPS_MS.traits, retentionMs),
    counts: Math.max(ROLL_UPS_MS.counts, retentionMs),
  };
}

/** What stands in the way of age. Times are epoch milliseconds, null where there is none. */
export interface RetentionFigures {
  now: number;
  /** Up to where detections may look: everything before is rolled up, but for what came late. */
  closedUntil: number | null;
  /** The oldest exchange that is not in all roll-ups yet. */
  pendingFrom: number | null;
  /** The first exchange of all campaigns under a legal hold: their evidence is preserved. */
  heldFrom: number | null;
}

/** The beginning of the first UTC day that is to be kept; what lies before it may go. */
export function keptFrom(kept: Kept, lifetimeMs: number, figures: RetentionFigures): number {
  const { now, closedUntil, pendingFrom, heldFrom } = figures;
  if (closedUntil === null) return Number.NEGATIVE_INFINITY;
  const first = Math.min(now - lifetimeMs, closedUntil - LEAST_MS[kept], pendingFrom ?? Infinity, heldFrom ?? Infinity);
  return Math.floor(first / DAY_MS) * DAY_MS;
}
