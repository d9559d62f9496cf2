import { HOUR_MS } from '../time-units.ts';

/** Why the detections run now; undefined: nothing new is worth a run yet. */
export type LookReason = 'first' | 'busy' | 'elapsed' | undefined;

/** New exchanges, as a share of the window's, from which on a run may come to another result. */
const NEW_SHARE = 0.04;
/** Longest time without a run: accounts are banned, detections switched, and a night is quiet. */
const MOST_PAUSE_MS = 3 * HOUR_MS;

/**
 * Detections look at days, so an hour of steady traffic changes little: a run costs what is stored, and is worth what is
 * new. Young data, or a burst, is looked at every hour, steady traffic every three.
 */
export function decideLook(
  last: { windowEnd: number; newExchanges: number; windowExchanges: number } | undefined,
  closedTo: number,
): LookReason {
  if (last === undefined) return 'first';
  if (closedTo - last.windowEnd >= MOST_PAUSE_MS) return 'elapsed';
  return last.newExchanges >= NEW_SHARE * last.windowExchanges && last.newExchanges > 0 ? 'busy' : undefined;
}
