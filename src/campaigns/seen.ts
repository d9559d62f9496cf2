import { z } from 'zod';
import { type Campaign, Severity, Status } from './campaign.ts';

/** What a person was shown of a campaign when they began to decide on it. */
export const Seen = z.object({
  id: z.string().regex(/^C-[1-9]\d{0,8}$/),
  status: Status,
  severity: Severity,
  accounts: z.number().int(),
  snoozed: z.boolean(),
});
export type Seen = z.output<typeof Seen>;

export function seenOf({ id, status, severity, accountCount, snooze }: Campaign): Seen {
  return { id, status, severity, accounts: accountCount, snoozed: snooze !== null };
}

export type Change =
  | { what: 'status'; from: Status; to: Status; by: string | null }
  | { what: 'severity'; from: Severity; to: Severity }
  | { what: 'accounts'; from: number; to: number }
  | { what: 'snoozed' | 'woke' };

/** A few accounts more are the same campaign; from one part in so many on it is another decision. */
const GROWTH = 10;

/** What changed since, as far as it could change a person's mind. */
export function changesSince(seen: Seen, campaign: Campaign): Change[] {
  const { status, severity, accountCount, snooze, decided, acknowledgedBy } = campaign;
  const changes: Change[] = [];
  if (status !== seen.status) {
    changes.push({ what: 'status', from: seen.status, to: status, by: decided?.by ?? acknowledgedBy });
  }
  if (severity !== seen.severity) changes.push({ what: 'severity', from: seen.severity, to: severity });
  if (GROWTH * (accountCount - seen.accounts) >= seen.accounts && accountCount > seen.accounts) {
    changes.push({ what: 'accounts', from: seen.accounts, to: accountCount });
  }
  if ((snooze !== null) !== seen.snoozed) changes.push({ what: snooze === null ? 'woke' : 'snoozed' });
  return changes;
}
