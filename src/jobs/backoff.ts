import { MINUTE_MS } from '../time-units.ts';

const FIRST_MS = 2_000;
const MOST_MS = 5 * MINUTE_MS;

/** How long to wait after the given attempt (from 1): doubling up to five minutes, spread by `random` (0 to 1). */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(20, attempt - 1));
  return Math.round(full * (0.5 + random / 2));
}
