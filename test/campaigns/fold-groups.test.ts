import { expect, test } from 'vitest';
import { foldGroups } from '../../src/campaigns/fold-groups.ts';
import { sureMembers } from '../../src/campaigns/judge-members.ts';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';

function group(sure: readonly string[], review: readonly string[] = []): ScoredGroup {
  const member = (account: string, standing: 'member' | 'review') => ({
    account,
    standing,
    strength: 5,
    detections: [],
  });
  return {
    kind: 'extraction',
    confidence: 0.95,
    families: ['payment', 'timing'],
    reasons: [],
    typicalTie: 1,
    members: [...sure.map((a) => member(a, 'member')), ...review.map((a) => member(a, 'review'))],
    ruledOut: [],
  };
}

const sureOf = (groups: readonly ScoredGroup[]) =>
  groups.map((each) => [...sureMembers(each.members)].toSorted().join(''));

test('a group that largely lies in a larger one is folded into it, with what it has besides', () => {
  expect(sureOf(foldGroups([group(['c', 'd']), group(['a', 'b', 'c'], ['d'])]))).toEqual(['abcd']);
});

test('groups that meet at the edge stay apart', () => {
  expect(sureOf(foldGroups([group(['a', 'b', 'c']), group(['c', 'd', 'e'])]))).toEqual(['abc', 'cde']);
});

test('what is folded pulls its own parts along', () => {
  expect(sureOf(foldGroups([group(['a', 'b', 'c', 'd']), group(['c', 'd', 'e']), group(['e', 'f'])]))).toEqual([
    'abcdef',
  ]);
});
