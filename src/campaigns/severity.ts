import type { Kind, Severity } from './campaign.ts';

/** What a severity is judged by. */
export interface SeverityBasis {
  kind: Kind;
  accountCount: number;
  /** Exchanges of its accounts on the last full day, or so far on the first. */
  exchangesPerDay: number;
}

/** Accounts or exchanges a day from which an extraction campaign is critical, and high: docs/decisions/0006-severity.md. */
const CRITICAL = { accounts: 250, exchangesPerDay: 10_000 };
const HIGH = { accounts: 50, exchangesPerDay: 1_500 };

/** How bad: by extent; resale is theft of service, not of the model, and never above medium. */
export function severityOf({ kind, accountCount, exchangesPerDay }: SeverityBasis): Severity {
  const reaches = (limit: typeof HIGH) => accountCount >= limit.accounts || exchangesPerDay >= limit.exchangesPerDay;
  if (kind === 'resale') return reaches(HIGH) ? 'medium' : 'low';
  if (reaches(CRITICAL)) return 'critical';
  return reaches(HIGH) ? 'high' : 'medium';
}
