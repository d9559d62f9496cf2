import { DAY_MS } from '../time-units.ts';

/** What is kept for how long. Each day is dropped as a whole, once all of it is older. */
export type Kept = 'raw' | 'traits' | 'counts';

/**
 * The least that may be kept, from the end of the newest closed window back; nobody may lose what is still looked at.
 * Raw: ten days, as far as a chart of parts of days reaches. Traits: the week of the longest window, and days that are not
 * over. Counts: a month of windows that a late run looks at again, of a week each.
 */
export const LEAST_MS: Readonly<Record<Kept, number>> = { raw: 10 * DAY_MS, traits: 10 * DAY_MS, counts: 40 * DAY_MS };

/** A year, and a month to ask about it. */
const COUNTS_MS = 400 * DAY_MS;

/** How long an operator keeps what is large. */
export type Retention = Readonly<Record<'raw' | 'traits', number>>;

/** How old each may grow; counts outlast the rest. */
export function lifetimes({ raw, traits }: Retention): Record<Kept, number> {
  return { raw, traits, counts: Math.max(COUNTS_MS, raw, traits) };
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

/** Raw rows are read again for traits that are shared thinly, so far back; and for what came without texts. */
const READ_AGAIN_MS = DAY_MS;

/**
 * The beginning of the first UTC day that is not to be packed; every day before it is over, rolled up, read for the last
 * time and not evidence that is held. `thinUntil`: up to where raw rows were read for thin traits.
 */
export function packedUpTo({ closedUntil, pendingFrom, heldFrom }: RetentionFigures, thinUntil: number | null): number {
  if (closedUntil === null || thinUntil === null) return Number.NEGATIVE_INFINITY;
  const first = Math.min(
    Math.min(closedUntil, thinUntil) - READ_AGAIN_MS,
    pendingFrom ?? Infinity,
    heldFrom ?? Infinity,
  );
  return Math.floor(first / DAY_MS) * DAY_MS;
}

/** The beginning of the first UTC day that is to be kept; what lies before it may go. */
export function keptFrom(kept: Kept, lifetimeMs: number, figures: RetentionFigures): number {
  const { now, closedUntil, pendingFrom, heldFrom } = figures;
  if (closedUntil === null) return Number.NEGATIVE_INFINITY;
  const first = Math.min(now - lifetimeMs, closedUntil - LEAST_MS[kept], pendingFrom ?? Infinity, heldFrom ?? Infinity);
  return Math.floor(first / DAY_MS) * DAY_MS;
}
