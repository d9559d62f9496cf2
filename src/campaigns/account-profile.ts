import type { Severity, Status } from './campaign.ts';

/** A campaign that an account is in, or was. Times are epoch milliseconds. */
export interface AccountMembership {
  campaign: string;
  status: Status;
  severity: Severity;
  standing: 'member' | 'review';
  detections: readonly string[];
  joinedAt: number;
  leftAt: number | null;
}

/** What one detection found of an account. */
export interface AccountHit {
  detection: string;
  trait: string;
  weight: number;
  /** How many other accounts are in the same finding. */
  others: number;
  evidence: Readonly<Record<string, number | string>>;
  foundAt: number;
  lastFoundAt: number;
  /** Of a detection that counts for nothing. */
  shadow: boolean;
}

/** One UTC day of an account. */
export interface AccountActivity {
  /** `2026-04-30` */
  day: string;
  exchanges: number;
  refused: number;
  inputTokens: number;
  outputTokens: number;
  /** Exchanges that asked for reasoning to be written out, or for grades. */
  elicited: number;
  activeHours: number;
}

/** Everything known of one account. */
export interface AccountProfile {
  accountId: string;
  createdAt: number | null;
  organizationId: string | null;
  emailDomain: string | null;
  paymentKind: string | null;
  plan: string | null;
  program: string | null;
  verification: string | null;
  country: string | null;
  status: string;
  statusAt: number | null;
  campaigns: readonly AccountMembership[];
  hits: readonly AccountHit[];
  activity: readonly AccountActivity[];
}
