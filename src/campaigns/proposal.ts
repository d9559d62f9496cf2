import { z } from 'zod';
import { HOUR_MS } from '../time-units.ts';
import { Action } from './action.ts';
import type { Caps } from './caps.ts';

/**
 * `proposed` waits for approval; `approved` and `executing` are under way; `done` has an outcome for every account;
 * the others touched nobody. `void`: what was approved no longer is what would be done.
 */
export const PROPOSAL_STATES = ['proposed', 'approved', 'executing', 'done', 'rejected', 'void', 'expired'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** An action on exactly these accounts, waiting for another person or past that. Times are epoch milliseconds. */
export interface Proposal {
  number: number;
  campaign: number;
  action: Action;
  /** `chosen`: accounts that a person named. */
  scope: 'members' | 'with_review' | 'chosen';
  /** Of the account ids, see `digestOf`. */
  digest: string;
  accountCount: number;
  /** Nothing is sent: what would be is only shown. */
  dryRun: boolean;
  reason: string;
  state: ProposalState;
  proposedBy: string;
  proposedAt: number;
  /** Until when it may be approved. */
  expiresAt: number;
  approvalsNeeded: number;
  approvals: { by: string; at: number }[];
  /** Who or what ended it without its execution, or stopped that. */
  closed: { by: string; at: number; reason: string } | null;
  finishedAt: number | null;
  post: { channel: string; ts: string } | null;
}

/** What became of each account so far. */
export const TALLY_STATES = ['pending', 'sent', 'unknown', 'done', 'failed', 'dry_run'] as const;
export type Tally = Record<(typeof TALLY_STATES)[number], number>;

/** How actions are allowed to go, from the configuration. */
export interface ActionPolicy {
  /** False: every proposal is a dry run. */
  live: boolean;
  caps: Caps;
  /** How long a proposal waits for its approval. */
  approvalWindowMs: number;
  /** For how long what was done can be undone. */
  undoWindowMs: number;
}

/** `P-3`, `p3` or `3`, as people write proposals; undefined for anything else. */
export function parseProposalId(text: string): number | undefined {
  const digits = /^p?-?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

export function formatProposalId(number: number): string {
  return `P-${number}`;
}

/** How long after its approval what failed may be asked for again under it. */
export const RETRY_WINDOW_MS = 24 * HOUR_MS;

/** A proposal's states in which it stands in the way of another on the same campaign. */
export const OPEN_STATES: readonly ProposalState[] = ['proposed', 'approved', 'executing'];

/** The payload of a proposal's outbox row. */
export const ProposalPayload = z.object({ proposal: z.number().int() });
