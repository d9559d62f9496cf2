import type { GapFigures } from './detection-gap.ts';
import type { Status } from './campaign.ts';
import type { Proposal } from './proposal.ts';

/** How Retort itself is. Times are epoch milliseconds. */
export interface StatusFigures {
  now: number;
  /** Up to when detections have seen the traffic; null before the first exchange. */
  eventsUntil: number | null;
  campaigns: Partial<Record<Status, number>>;
  oldestUnansweredAt: number | null;
  /** Windows that detections missed in the last day, or have not caught up on. */
  gaps: GapFigures[];
  quarantinedDay: number;
  outbox: { waiting: number; dead: number; oldestWaitingAt: number | null };
  /** Since when an escalation waits to get through; null where none does. */
  oldestEscalationAt: number | null;
  /** What stops enforcement, and what waits for an approver, the first to end before the others. */
  actions: {
    freeze: { by: string; at: number; reason: string } | null;
    waiting: Pick<Proposal, 'number' | 'campaign' | 'action' | 'accountCount' | 'expiresAt'>[];
  };
  /** Campaigns under a legal hold with their first exchange, the earliest first: nothing since then is dropped. */
  holds: readonly { campaign: string; firstAt: number }[];
  audit: { entries: number; hash: string };
}
