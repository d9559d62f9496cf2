import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { accounts, support, tie } from './hits.ts';

/** The accounts of each group, in an order that does not depend on the hits'. */
const membersOf = (hits: readonly Hit[]): string[] =>
  groupHits(hits, 1000)
    .map((group) => [...group.accounts.keys()].toSorted().join(' '))
    .toSorted();

it('joins two hits when more than half of the smaller one lies in the larger', () => {
  const hits = [tie(accounts(0, 20)), tie(accounts(14, 10))];
  expect(membersOf(hits)).toHaveLength(1);
  expect(groupHits(hits, 1000)[0]?.accounts.size).toBe(24);
});

it('leaves a pool apart from a phrase of which it has no more than everyone has', () => {
  const phrase = tie(accounts(0, 240));
  const pool = tie(accounts(215, 45));
  expect(groupHits([phrase, pool], 900)).toHaveLength(2);
  expect(groupHits([phrase, pool], 100_000)).toHaveLength(1);
});

it('leaves two hits apart when less than half of the smaller one lies in the larger', () => {
  expect(groupHits([tie(accounts(0, 20)), tie(accounts(16, 10))], 1000)).toHaveLength(2);
});

it('does not join small hits that share two accounts, however large a part that is', () => {
  expect(groupHits([tie(accounts(0, 3)), tie(accounts(1, 3))], 1000)).toHaveLength(2);
  expect(groupHits([tie(accounts(0, 3)), tie(accounts(0, 3))], 1000)).toHaveLength(1);
});

it('does not weld two groups by a hit that touches both at the edge', () => {
  const bridge = tie(accounts(17, 20));
  const groups = groupHits([tie(accounts(0, 20)), bridge, tie(accounts(30, 25))], 1000);
  expect(groups.map((group) => group.ties.length)).toEqual([1, 1, 1]);
});

// Two queues, each with two wrappers of its own, and a phrase that both use.
const [one, other] = [accounts(0, 20), accounts(50, 20)];
const wrappers = [one, other].flatMap((names) => [tie(names, { weight: 40 }), tie(names.slice(2), { weight: 30 })]);
const card = (names: readonly string[]) => tie(names, { detection: 'shared-payment', family: 'payment', weight: 2 });
const network = { detection: 'shared-network', family: 'network', weight: 5 } as const;

it.each([
  ['phrase', tie([...one, ...other], { weight: 20 }), 2],
  ['template stronger than theirs', tie([...one, ...other], { weight: 50 }), 2],
  ['seller of networks', tie([...one.slice(0, 8), ...other.slice(0, 7)], network), 2],
])('does not weld two queues whose templates and cards are their own by a %s', (_, both, groups) => {
  // Cards of each lie in it as well, and must not bring it back.
  const cards = [card(one.slice(2, 8)), card(other.slice(1, 7))];
  expect(groupHits([both, ...wrappers, ...cards], 1000)).toHaveLength(groups);
});

it('puts pools together by a network where they have nothing stronger', () => {
  const cards = [card(one.slice(0, 8)), card(other.slice(0, 8))];
  expect(groupHits([...cards, tie([...one.slice(0, 8), ...other.slice(0, 8)], network)], 1000)).toHaveLength(1);
});

it('sums up the evidence of all hits that name an account, strongest first', () => {
  const [group] = groupHits([tie(accounts(0, 4), { weight: 2 }), tie(accounts(1, 3), { weight: 5 })], 1000);
  expect([...(group?.accounts ?? [])]).toEqual([
    ['1', 7],
    ['2', 7],
    ['3', 7],
    ['0', 2],
  ]);
});

it('makes no group of supports', () => {
  expect(groupHits([support(accounts(0, 50)), support(accounts(0, 50))], 1000)).toEqual([]);
});

it('gives the same groups in whatever order the hits come', () => {
  const hit = fc
    .record({
      members: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 15 }),
      weight: fc.integer({ min: 1, max: 5 }),
      family: fc.constantFrom('content' as const, 'payment' as const),
    })
    .map(({ members, ...of }) => tie(members.map(String), of));
  const shuffled = fc
    .array(hit, { maxLength: 12 })
    .map((hits) => hits.map((each, at) => ({ ...each, trait: `trait ${at}` })))
    .chain((hits) => fc.tuple(fc.constant(hits), fc.shuffledSubarray(hits, { minLength: hits.length })));
  fc.assert(
    fc.property(shuffled, ([hits, other]) => {
      expect(membersOf(other)).toEqual(membersOf(hits));
    }),
    { numRuns: 500 },
  );
});

it('leaves a network with the pool whose template it has, where it meets another pool by its cards alone', () => {
  const [own, other] = [tie(accounts(0, 20)), tie(accounts(40, 20))];
  const card = tie(accounts(52, 12), { family: 'payment', weight: 4 });
  const network = tie([...accounts(0, 20), ...accounts(56, 8)], { family: 'network', weight: 3, trait: 'network' });
  expect(groupHits([own, other, card, network], 1000).map(({ ties }) => ties.length)).toEqual([2, 2]);
  expect(groupHits([own, other, card, network], 1000)[0]?.ties).toContain(network);
});

it('puts pools together by a network that comes before their cards in the list, too', () => {
  const [mine, theirs] = [card(one.slice(0, 8)), card(other.slice(0, 8))];
  const both = tie([...one.slice(0, 8), ...other.slice(0, 8)], { ...network, weight: 1 });
  // The cards are the stronger ones: each pool stands on its own before the network is looked at.
  expect(groupHits([both, mine, theirs], 1000)).toHaveLength(groupHits([mine, theirs, both], 1000).length);
});

it('ties nobody by what everybody has', () => {
  const everyone = [tie(accounts(0, 20), { trait: 'a' }), tie(accounts(0, 20), { trait: 'b' })];
  expect(groupHits(everyone, 20)).toHaveLength(2);
  expect(groupHits(everyone, 19)).toHaveLength(2);
  expect(groupHits(everyone, 21)).toHaveLength(1);
});

it('looks at no more than the strongest hits of an account that is in thousands of them', () => {
  // Each hit has two accounts of its own besides the three hubs: without a bound, 3 · 8,000² pairs would be held.
  const hits = Array.from({ length: 8_000 }, (_, index) =>
    tie(['hub a', 'hub b', 'hub c', `${index} x`, `${index} y`], { weight: index }),
  );
  const groups = groupHits(hits, 1000);
  const joined = groups.filter((group) => group.ties.length > 1);
  expect(joined).toHaveLength(1);
  expect(joined[0]?.ties.map((hit) => hit.weight)).toEqual(Array.from({ length: 64 }, (_, index) => 7_936 + index));
});
