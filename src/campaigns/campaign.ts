import { z } from 'zod';

export const FAMILIES = ['content', 'payment', 'network', 'client', 'identity', 'timing', 'behaviour'] as const;
export const Family = z.enum(FAMILIES);
export type Family = z.output<typeof Family>;

export const KINDS = ['extraction', 'resale'] as const;
export const Kind = z.enum(KINDS);
export type Kind = z.output<typeof Kind>;

/** Worst first: the order of lists, of routing and of "rose". */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.output<typeof Severity>;

/** `suspected` waits for a person; `acknowledged` has one; `confirmed`, `contained` and `dismissed` are decisions. */
export const STATUSES = ['suspected', 'acknowledged', 'confirmed', 'contained', 'dismissed', 'merged'] as const;
export const Status = z.enum(STATUSES);
export type Status = z.output<typeof Status>;

/** Why the accounts belong together, as one detection says it; `text` is one sentence without markup. */
export const Reason = z.object({
  family: Family,
  detection: z.string(),
  text: z.string(),
  /** How many of the campaign's accounts this covers. */
  accounts: z.number().int(),
  /** The share of all other accounts that show it: the null. */
  baseRate: z.number(),
  /** Natural logarithm of how much likelier this is of a campaign than of honest traffic. */
  weight: z.number(),
});
export type Reason = z.output<typeof Reason>;

/** What stands beside a campaign besides its columns; every figure that its message shows. */
export const Evidence = z.object({
  reasons: z.array(Reason),
  /** How strongly its accounts were typically tied when the evidence was at its best: membership is judged then. */
  bestTie: z.number(),
  /** The natural logarithm of the odds that a group is a campaign, before any evidence; absent of campaigns that are older than it. */
  prior: z.number().optional(),
  /** Benign explanations that were checked and do not hold, e.g. `one organisation`. */
  ruledOut: z.array(z.string()),
  /** What the campaign asks for, against everyone else; worst ratio first. */
  targets: z.array(z.object({ capability: z.string(), share: z.number(), ratio: z.number() })),
  /** Mean exchanges per account and active day. */
  perAccountDay: z.number(),
  /** Exchanges in the last day of the window against the day before; null where there is no day before. */
  growth: z.number().nullable(),
  /** Models that it moved to within a day of their release, beside everyone else's share. */
  pivots: z.array(z.object({ model: z.string(), share: z.number(), others: z.number() })).optional(),
  /** Campaigns whose marks it bears; `failover`: most of their accounts had been stopped. Its own id: it replaced its own. */
  related: z.array(z.object({ campaign: z.string(), marks: z.number().int(), failover: z.boolean() })).optional(),
  /** Exchanges per bucket, oldest first, of the campaign and of everyone else. */
  chart: z.object({
    bucketHours: z.number(),
    points: z.array(z.object({ at: z.number(), campaign: z.number(), others: z.number() })),
  }),
});
export type Evidence = z.output<typeof Evidence>;

/** What the last alert of a campaign said. */
export const Alerted = z.object({
  severity: Severity,
  accountCount: z.number().int(),
  families: z.array(Family),
});
export type Alerted = z.output<typeof Alerted>;

/** A campaign that a person silenced, with what it was then. Times are epoch milliseconds. */
export const Snooze = z.object({
  by: z.string(),
  at: z.number(),
  until: z.number(),
  reason: z.string(),
  severity: Severity,
  accountCount: z.number().int(),
});
export type Snooze = z.output<typeof Snooze>;

/** Who is to deal with a campaign: a Slack user id. */
export const Assigned = z.object({ to: z.string(), by: z.string(), at: z.number() });
export type Assigned = z.output<typeof Assigned>;

/** Whom the on-call job has called in the present wait. */
export const Call = z.object({
  /** When the wait began: the alert, the reopening, the waking or the acknowledgement. */
  since: z.number(),
  /** How many times somebody was called. */
  level: z.number().int(),
  calledAt: z.number().nullable(),
});
export type Call = z.output<typeof Call>;

/** A campaign as it stands. Times are epoch milliseconds. */
export interface Campaign {
  /** As people write it: `C-12`. */
  id: string;
  kind: Kind;
  status: Status;
  severity: Severity;
  /** 0 to 1. */
  confidence: number;
  accountCount: number;
  exchangeCount: number;
  firstExchangeAt: number | null;
  lastExchangeAt: number | null;
  families: Family[];
  detections: string[];
  evidence: Evidence;
  alertedAt: number | null;
  alerted: Alerted | null;
  acknowledgedBy: string | null;
  acknowledgedAt: number | null;
  /** Who confirmed or dismissed it, and how large it was then. */
  decided: { by: string; at: number; reason: string; accountCount?: number | undefined } | null;
  assigned: Assigned | null;
  snooze: Snooze | null;
  /** Null: nobody was called since it was alerted or acknowledged. */
  call: Call | null;
  /** The campaign that it was merged into, or that a person split it from, as people write them. */
  mergedInto: string | null;
  splitFrom: string | null;
  /** A person merged another into it: several groups may continue it. */
  joined: boolean;
  post: { channel: string; ts: string } | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** What a run of the detections says of a campaign; everything but what people decided. */
export type CampaignFinding = Pick<
  Campaign,
  | 'kind'
  | 'severity'
  | 'confidence'
  | 'accountCount'
  | 'exchangeCount'
  | 'firstExchangeAt'
  | 'lastExchangeAt'
  | 'families'
  | 'detections'
  | 'evidence'
>;
