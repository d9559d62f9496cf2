import { areSame, countIn, indexByAccount } from './by-account.ts';
import { isFaint } from './is-as-good.ts';
import { sureMembers } from './judge-members.ts';
import type { ScoredGroup } from './score-group.ts';

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
          ([other, count]) => areSame(count, sure, other.sure) && isFaint(group, { bestTie: other.group.typicalTie }),
        ),
    )
    .map(({ group }) => group);
}
