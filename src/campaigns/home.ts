import type { Campaign, Severity } from './campaign.ts';
import type { GapFigures } from './detection-gap.ts';
import type { Digest } from './digest.ts';
import type { Precision } from './precision.ts';

/** An action of another person's that waits for an approval. */
export interface WaitingApproval {
  number: number;
  campaign: string;
  what: string;
  by: string;
  endsAt: number;
}

/** What one person's Home shows. Times are epoch milliseconds. */
export interface HomeFigures {
  user: string;
  /** Open campaigns that they have: assigned to them, or acknowledged by them. */
  mine: { campaigns: readonly Campaign[]; total: number };
  /** Open campaigns that wait for anybody, worst first. */
  unanswered: { campaigns: readonly Campaign[]; total: number };
  open: readonly { severity: Severity; campaigns: number; unanswered: number }[];
  approvals: readonly WaitingApproval[];
  precision: readonly Precision[];
  gaps: readonly GapFigures[];
  eventsUntil: number | null;
  lastDigest: { digest: Digest; channel: string | null } | null;
}
