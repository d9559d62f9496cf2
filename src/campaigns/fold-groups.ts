import type { AccountKey } from './hit.ts';
import { sureMembers } from './judge-members.ts';
import type { ScoredGroup } from './score-group.ts';

/** A group that has this share of its sure accounts in a larger one is a part of it. */
const PART = 0.5;

/** Groups that largely lie in another are folded into it: two cards of one pool are one campaign, not two. */
export function foldGroups(groups: readonly ScoredGroup[]): ScoredGroup[] {
  const largestFirst = groups
    .map((group) => ({ group, sure: sureMembers(group.members) }))
    .toSorted((a, b) => b.sure.size - a.sure.size || b.group.confidence - a.group.confidence);
  const kept: { group: ScoredGroup; sure: Set<AccountKey> }[] = [];
  const keptOf = new Map<AccountKey, number>();
  for (const { group, sure } of largestFirst) {
    const shared = new Map<number, number>();
    for (const account of sure) {
      const at = keptOf.get(account);
      if (at !== undefined) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    const [into, count] = [...shared].reduce((most, each) => (each[1] > most[1] ? each : most), [-1, 0]);
    const whole = kept[into];
    if (whole !== undefined && count >= PART * sure.size) {
      whole.group = withMembersOf(whole.group, group);
      for (const account of sure) if (!keptOf.has(account)) keptOf.set(account, into);
      continue;
    }
    kept.push({ group, sure });
    for (const account of sure) if (!keptOf.has(account)) keptOf.set(account, kept.length - 1);
  }
  return kept.map(({ group }) => group);
}

function withMembersOf(whole: ScoredGroup, part: ScoredGroup): ScoredGroup {
  const members = new Map(whole.members.map((member) => [member.account, member]));
  for (const member of part.members) {
    const known = members.get(member.account);
    if (known === undefined || (known.standing === 'review' && member.standing === 'member'))
      members.set(member.account, member);
  }
  return { ...whole, members: [...members.values()] };
}
