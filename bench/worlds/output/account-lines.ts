import type { AccountRecord, Group, Member } from '../kinds.ts';
import { iso } from '../people/accounts.ts';
import type { Random } from '../random.ts';
import type { Withheld } from '../scenarios.ts';

const MAY_BE_MISSING = [
  'organization_id',
  'email_domain',
  'email_disposable',
  'payment_kind',
  'plan',
  'verification',
  'country',
] as const;

/** The accounts' lines in the order in which they came to be so: as signed up, then a later line where the status changed. */
export function accountLines(
  random: Random,
  groups: readonly Group[],
  without: readonly Withheld[],
): Partial<AccountRecord>[] {
  const lines = new Map<Member, Partial<AccountRecord>>();
  for (const { members } of groups) {
    for (const member of members) lines.set(member, accountLine(random, member.record, without));
  }
  const first = [...lines.values()].map((line) => ({ at: Date.parse(line.created_at as string), line }));
  const later = groups
    .flatMap(({ changes = [] }) => changes)
    .map(({ at, member, status }) => ({
      at,
      line: { ...lines.get(member), status, status_at: iso(at) },
    }));
  return [...first, ...later].toSorted((a, b) => a.at - b.at).map(({ line }) => line);
}

function accountLine(random: Random, record: AccountRecord, without: readonly Withheld[]): Partial<AccountRecord> {
  const line: Partial<AccountRecord> = { ...record };
  for (const field of MAY_BE_MISSING) if (random.chance(0.035)) delete line[field];
  if (without.includes('payment')) {
    delete line.payment_fingerprint;
    delete line.payment_kind;
  }
  return line;
}
