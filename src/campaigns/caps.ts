import { HOUR_MS } from '../time-units.ts';
import type { Action } from './action.ts';

/** Over `soft` a second approver is needed, over `hard` nobody may. Counted in accounts. */
interface Cap {
  soft: number;
  hard: number;
}

export interface Caps {
  /** Of one action. */
  action: Cap;
  /** Of what one person proposed, in an hour. */
  person: Cap;
  /** Of everyone, in an hour. */
  overall: Cap;
}

/** What was approved in the last hour, in accounts. */
export interface Spend {
  person: number;
  overall: number;
}

export const SPEND_WINDOW_MS = HOUR_MS;

export type CapVerdict =
  | { ok: true; approvalsNeeded: 1 | 2; over: (keyof Caps)[] }
  | { ok: false; reason: 'over_hard_cap'; cap: keyof Caps; would: number; hard: number };

/**
 * How many approvals an action on so many accounts needs. Restoring is not capped: it can only touch what Retort itself
 * did, and must stay possible after a mistake that used the caps up.
 */
export function judgeCaps(action: Action, accounts: number, spent: Spend, caps: Caps): CapVerdict {
  if (action === 'restore') return { ok: true, approvalsNeeded: 1, over: [] };
  const would = { action: accounts, person: spent.person + accounts, overall: spent.overall + accounts };
  const names = ['action', 'person', 'overall'] as const;
  const refused = names.find((cap) => would[cap] > caps[cap].hard);
  if (refused !== undefined) {
    return { ok: false, reason: 'over_hard_cap', cap: refused, would: would[refused], hard: caps[refused].hard };
  }
  const over = names.filter((cap) => would[cap] > caps[cap].soft);
  return { ok: true, approvalsNeeded: over.length > 0 ? 2 : 1, over };
}
