import { digestOf, type Drift, driftBetween, type ListedAccount } from './account-list.ts';
import type { Action } from './action.ts';
import type { Status } from './campaign.ts';
import { type CapVerdict, judgeCaps, type Spend } from './caps.ts';
import type { ActionPolicy, Proposal } from './proposal.ts';

/** What stands in the way of any action, whoever asks. */
export interface Standing {
  status: Status;
  /** Who froze all enforcement, and why. */
  freeze: { by: string; at: number; reason: string } | null;
  /** Who holds the campaign for evidence: nobody is to be tipped off. */
  hold: { by: string; at: number; reason: string } | null;
}

export type Blocked =
  | { reason: 'frozen'; by: string; at: number; why: string }
  | { reason: 'on_hold'; by: string; at: number; why: string }
  | { reason: 'ended'; status: Status };

export type ProposalRefusal =
  | Blocked
  | Extract<CapVerdict, { ok: false }>
  | { reason: 'open_proposal'; proposal: number }
  | { reason: 'nobody' }
  | { reason: 'list_changed'; drift: Drift };

export interface Planned {
  action: Action;
  accounts: readonly ListedAccount[];
  spent: Spend;
  openProposal: number | null;
  /** The digest that the person was shown; undefined where they are only looking. */
  seenDigest?: string | undefined;
}

/** Whether an action on these accounts may be proposed now, and how many approvals it needs. */
export function judgeProposal(
  planned: Planned,
  standing: Standing,
  policy: ActionPolicy,
): { ok: true; approvalsNeeded: 1 | 2; over: string[] } | ({ ok: false } & ProposalRefusal) {
  const blocked = blockedBy(planned.action, standing);
  if (blocked !== undefined) return { ok: false, ...blocked };
  if (planned.openProposal !== null) return { ok: false, reason: 'open_proposal', proposal: planned.openProposal };
  if (planned.accounts.length === 0) return { ok: false, reason: 'nobody' };
  if (planned.seenDigest !== undefined && planned.seenDigest !== digestOf(planned.accounts)) {
    // Which ones cannot be said: only their digest was kept in the modal.
    return { ok: false, reason: 'list_changed', drift: { added: [], removed: [] } };
  }
  return judgeCaps(planned.action, planned.accounts.length, planned.spent, policy.caps);
}

export type ApprovalRefusal =
  | Blocked
  | Extract<CapVerdict, { ok: false }>
  | { reason: 'own' }
  | { reason: 'twice' }
  | { reason: 'closed' }
  | { reason: 'expired' }
  | { reason: 'drifted'; drift: Drift }
  | { reason: 'mode_changed' };

/** Refusals after which the proposal can never be approved. */
export const ENDING = { expired: 'expired', drifted: 'void', mode_changed: 'void', ended: 'void' } as const;

export interface Approving {
  proposal: Proposal;
  actor: string;
  now: number;
  /** What was proposed, and what would be proposed now. */
  listed: readonly ListedAccount[];
  present: readonly ListedAccount[];
  spent: Spend;
}

/** Whether this person may approve now, and whether that is all that was missing. */
export function judgeApproval(
  { proposal, actor, now, listed, present, spent }: Approving,
  standing: Standing,
  policy: ActionPolicy,
): { ok: true; complete: boolean; approvalsNeeded: number } | ({ ok: false } & ApprovalRefusal) {
  if (proposal.state !== 'proposed') return { ok: false, reason: 'closed' };
  if (now >= proposal.expiresAt) return { ok: false, reason: 'expired' };
  if (proposal.proposedBy === actor) return { ok: false, reason: 'own' };
  if (proposal.approvals.some(({ by }) => by === actor)) return { ok: false, reason: 'twice' };
  const blocked = blockedBy(proposal.action, standing);
  if (blocked !== undefined) return { ok: false, ...blocked };
  if (proposal.dryRun === policy.live) return { ok: false, reason: 'mode_changed' };
  // Both are compared with what was approved: the rows are what would be sent, the digest is what people saw.
  if (digestOf(listed) !== proposal.digest || digestOf(present) !== proposal.digest) {
    return { ok: false, reason: 'drifted', drift: driftBetween(listed, present) };
  }
  const capped = judgeCaps(proposal.action, listed.length, spent, policy.caps);
  if (!capped.ok) return capped;
  const approvalsNeeded = Math.max(proposal.approvalsNeeded, capped.approvalsNeeded);
  return { ok: true, complete: proposal.approvals.length + 1 >= approvalsNeeded, approvalsNeeded };
}

/** Undoing stays open for campaigns that are over, and under a hold: it tips nobody off that was not hit already. */
export function blockedBy(action: Action, { status, freeze, hold }: Standing): Blocked | undefined {
  if (freeze !== null) return { reason: 'frozen', by: freeze.by, at: freeze.at, why: freeze.reason };
  if (action === 'restore') return undefined;
  if (hold !== null) return { reason: 'on_hold', by: hold.by, at: hold.at, why: hold.reason };
  return status === 'dismissed' || status === 'merged' ? { reason: 'ended', status } : undefined;
}
