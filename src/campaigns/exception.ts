import { DAY_MS } from '../time-units.ts';
import type { AccountKey, Hit } from './hit.ts';

/** What may be known to be good. A trait is named as hits name it. */
export const EXCEPTION_KINDS = ['account', 'organization', 'trait'] as const;
type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** Something that is known to be good, until a time. Times are epoch milliseconds. */
export interface Exception {
  number: number;
  kind: ExceptionKind;
  /** The account's or organisation's id as the gateway writes it, or the trait of a hit. */
  subject: string;
  /** Who answers for it: a Slack user id, or a name. */
  owner: string;
  reason: string;
  addedBy: string;
  addedAt: number;
  endsAt: number;
  /** `expired`: its time has come, whether Retort has noted that yet or not. */
  state: 'present' | 'ended' | 'expired';
  endedBy: string | null;
  endedAt: number | null;
}

/** How long an exception may last: longer than a year is a decision to take again. */
const LONGEST_MS = 366 * DAY_MS;

export type EndRefusal = { reason: 'past' | 'too_far' };

/** Whether an exception may end then. */
export function judgeEnd(endsAt: number, now: number): { ok: true } | ({ ok: false } & EndRefusal) {
  if (endsAt <= now) return { ok: false, reason: 'past' };
  return endsAt - now > LONGEST_MS ? { ok: false, reason: 'too_far' } : { ok: true };
}

/** Hits without what is known to be good: a tie that is left with one account ties nothing. */
export function withoutExceptions(
  hits: readonly Hit[],
  { accounts, traits }: { accounts: ReadonlySet<AccountKey>; traits: ReadonlySet<string> },
): Hit[] {
  if (accounts.size === 0 && traits.size === 0) return [...hits];
  return hits
    .filter((hit) => !traits.has(hit.trait))
    .map((hit) =>
      hit.accounts.some((account) => accounts.has(account))
        ? { ...hit, accounts: hit.accounts.filter((account) => !accounts.has(account)) }
        : hit,
    )
    .filter((hit) => hit.accounts.length > (hit.role === 'ties' ? 1 : 0));
}
