import { DAY_MS, HOUR_MS } from '../time-units.ts';
import type { AccountKey, Hit } from './hit.ts';

/** How accounts stand with the campaigns that people judged; each account under the first that holds. */
export const STANDINGS = ['confirmed', 'open', 'dismissed', 'none'] as const;
type Standing = (typeof STANDINGS)[number];

/** One thing that a detection found over history. Times are epoch milliseconds. */
export interface BacktestFinding {
  trait: string;
  accounts: number;
  /** The most that it weighed in any window. */
  weight: number;
  /** Ends of the first and the last window in which it was found, and how many there were. */
  firstAt: number;
  lastAt: number;
  windows: number;
}

/** What one detection would have found over history, and whom it would have hit. Times are epoch milliseconds. */
export interface Backtest {
  detection: string;
  role: Hit['role'];
  /** All of them, the defaults included. */
  params: Record<string, unknown>;
  from: number;
  to: number;
  /** Windows that were looked at. */
  windows: number;
  /** Windows that could not be looked at, and why; those that time did not suffice for are counted alone. */
  failed: { windowEnd: number; error: string }[];
  unlooked: number;
  /** The heaviest; `traits` is how many there were. */
  findings: BacktestFinding[];
  traits: number;
  accounts: number;
  standing: Record<Standing, number>;
  /** Campaigns that it touches, by the number of accounts that it names of each. */
  campaigns: { id: string; status: string; accounts: number; of: number }[];
  /** Accounts of an organisation, under a contract or programme, and known to be good by an exception. */
  organizations: { id: string; accounts: number }[];
  contracted: number;
  excepted: number;
  /** Some of those that are in no campaign, to be looked at. */
  strangers: string[];
}

export const STEPS = { hour: HOUR_MS, day: DAY_MS } as const;
export type Step = keyof typeof STEPS;

/** So many windows at most: hours over six weeks. */
export const MOST_WINDOWS = 1_000;

/**
 * Ends of the windows from `from` to before `to`: a moment before each UTC hour or day is over, and at last a moment
 * before `to` itself. Roll-ups know days: within a day, a window sees all that the day has by now.
 */
export function windowEnds(from: number, to: number, step: Step): number[] {
  const size = STEPS[step];
  const ends: number[] = [];
  for (let end = (Math.floor(from / size) + 1) * size; end < to; end += size) ends.push(end - 1);
  return to > from ? [...ends, to - 1] : ends;
}

/** What was found in all windows, by trait; the heaviest first. */
export function gatherFindings(
  looked: readonly { end: number; hits: readonly Hit[] }[],
): (BacktestFinding & { keys: Set<AccountKey> })[] {
  const byTrait = new Map<string, BacktestFinding & { keys: Set<AccountKey> }>();
  for (const { end, hits } of looked) {
    for (const { trait, accounts, weight } of hits) {
      const known = byTrait.get(trait);
      const keys = known?.keys ?? new Set<AccountKey>();
      for (const account of accounts) keys.add(account);
      byTrait.set(trait, {
        trait,
        keys,
        accounts: keys.size,
        weight: Math.max(weight, known?.weight ?? 0),
        firstAt: known?.firstAt ?? end,
        lastAt: end,
        windows: (known?.windows ?? 0) + 1,
      });
    }
  }
  return [...byTrait.values()].toSorted((a, b) => b.weight - a.weight || b.accounts - a.accounts);
}
