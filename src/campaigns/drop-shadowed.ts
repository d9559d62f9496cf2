import { countIn, indexByAccount } from './by-account.ts';
import { isFaint } from './is-as-good.ts';
import { sureMembers } from './judge-members.ts';
import type { ScoredGroup } from './score-group.ts';

/** Two groups are about the same accounts when they have this share of the smaller's in common. */
const SAME = 0.3;

/**
 * The groups without those that are faint beside another of the same accounts: what a phrase ties to a campaign is a hundred
 * strangers, and its own accounts, who are tied a hundred times as strongly by their templates.
 */
export function dropShadowed(groups: readonly ScoredGroup[]): ScoredGroup[] {
  const found = groups.map((group) => ({ group, sure: sureMembers(group.members) }));
  const groupsOf = indexByAccount(found, ({ sure }) => sure);
  return found
    .filter(
      ({ group, sure }) =>
        ![...countIn(sure, groupsOf)].some(
          ([other, count]) =>
            count >= SAME * Math.min(sure.size, other.sure.size) && isFaint(group, { bestTie: other.group.typicalTie }),
        ),
    )
    .map(({ group }) => group);
}
