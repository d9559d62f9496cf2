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
    prior: -9,
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

test('of two of one size the surer takes in the other', () => {
  const sure = { ...group(['a', 'b', 'c', 'd'], ['x']), confidence: 0.99 };
  const [first] = foldGroups([group(['a', 'b', 'c', 'd']), sure]);
  expect(first?.confidence).toBe(0.99);
});

test('a group lies in that of which it has most', () => {
  const large = group(['a', 'b', 'c', 'd', 'e']);
  const other = group(['p', 'q', 'r', 's']);
  expect(sureOf(foldGroups([large, other, group(['a', 'q', 'r'])]))).toEqual(['abcde', 'apqrs']);
});

test('a group lies where most of it is, also where it has as much again that is nobody’s', () => {
  const large = group(['a', 'b', 'c', 'd', 'e', 'f']);
  const other = group(['p', 'q', 'r', 's', 't']);
  // Three of it are of the first, and the one of the second comes last.
  expect(sureOf(foldGroups([large, other, group(['a', 'b', 'c', 'p', 'x', 'y'])]))).toEqual(['abcdefpxy', 'pqrst']);
  // Less than half of it is in either.
  expect(sureOf(foldGroups([large, other, group(['a', 'p', 'x', 'y', 'z'])]))).toEqual(['abcdef', 'pqrst', 'apxyz']);
});

test('an account that both know keeps the better standing, as the larger group has it', () => {
  const large = group(['a', 'b', 'c'], ['d', 'e']);
  const part = group(['b', 'd'], ['a', 'e']);
  const strong = part.members.map((member) => ({ ...member, strength: 9 }));
  const [whole] = foldGroups([large, { ...part, members: strong }]);
  expect(whole?.members.map(({ account, standing, strength }) => `${account} ${standing} ${strength}`)).toEqual([
    'a member 5',
    'b member 5',
    'c member 5',
    'd member 9',
    'e review 5',
  ]);
});

test('groups that meet at the edge stay apart', () => {
  expect(sureOf(foldGroups([group(['a', 'b', 'c']), group(['c', 'd', 'e'])]))).toEqual(['abc', 'cde']);
});

test('what is folded pulls its own parts along', () => {
  expect(sureOf(foldGroups([group(['a', 'b', 'c', 'd']), group(['c', 'd', 'e']), group(['e', 'f'])]))).toEqual([
    'abcdef',
  ]);
});
