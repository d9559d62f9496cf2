import type { GapFigures } from './detection-gap.ts';
import type { Status } from './campaign.ts';

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
  audit: { entries: number; hash: string };
}
