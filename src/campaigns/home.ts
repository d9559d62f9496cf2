import type { Campaign, Severity } from './campaign.ts';
import type { GapFigures } from './detection-gap.ts';
import type { Digest } from './digest.ts';
import type { EscalationRecord } from './escalation.ts';
import type { Precision } from './precision.ts';
import type { Proposal } from './proposal.ts';

/** What one person's Home shows. Times are epoch milliseconds. */
export interface HomeFigures {
  user: string;
  /** Open campaigns that they have: assigned to them, or acknowledged by them. */
  mine: { campaigns: readonly Campaign[]; total: number };
  /** Open campaigns that wait for anybody, worst first. */
  unanswered: { campaigns: readonly Campaign[]; total: number };
  open: readonly { severity: Severity; campaigns: number; unanswered: number }[];
  /** Proposals that they may approve. */
  approvals: readonly Proposal[];
  /** Those that stand, and those of the last day. */
  escalations: readonly EscalationRecord[];
  precision: readonly Precision[];
  gaps: readonly GapFigures[];
  eventsUntil: number | null;
  lastDigest: { digest: Digest; channel: string | null } | null;
}

/** Of the proposals that wait, those that a person may still approve: nobody signs their own, and nobody twice. */
export function approvableBy(user: string, waiting: readonly Proposal[]): Proposal[] {
  return waiting.filter(({ proposedBy, approvals }) => proposedBy !== user && approvals.every(({ by }) => by !== user));
}
