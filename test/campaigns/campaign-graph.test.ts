import { expect, it } from 'vitest';
import { campaignGraph, type Tie } from '../../src/campaigns/campaign-graph.ts';
import { accounts } from './hits.ts';

const template = (names: readonly string[]): Tie => ({
  detection: 'shared-template',
  family: 'content',
  accounts: names,
});
const card = (names: readonly string[]): Tie => ({
  detection: 'shared-payment',
  family: 'payment',
  accounts: names,
});

it('draws findings of the very same accounts as one, and none of accounts that are not in the campaign', () => {
  const pool = accounts(0, 10);
  const graph = campaignGraph(pool, [
    template(pool),
    template(pool.toReversed()),
    card([...accounts(0, 4), 'stranger']),
  ]);
  expect(graph).toMatchObject({ drawn: 10, accounts: 10, left: 0 });
  expect(graph.ties).toMatchObject([
    { detection: 'shared-template', findings: 2, accounts: 10 },
    { detection: 'shared-payment', findings: 1, accounts: 4 },
  ]);
  expect(graph.ties[1]?.of).toHaveLength(4);
});

it('leaves out what ties fewer than two of its accounts', () => {
  expect(campaignGraph(accounts(0, 5), [card(['0']), card(['1', 'stranger'])]).ties).toEqual([]);
});

it('draws what ties just two', () => {
  expect(campaignGraph(accounts(0, 5), [card(['0', '1'])]).ties).toMatchObject([{ accounts: 2, of: [0, 1] }]);
});

it('puts neighbours together that have most in common, and who is tied by nothing last', () => {
  const pool = ['e', 'd', 'c', 'b', 'a'];
  const graph = campaignGraph(pool, [template(['a', 'c', 'd']), card(['c', 'b'])]);
  // By what names them, then by name: both (c); the template alone (a, d); the card alone (b); nothing (e).
  expect(graph.ties.map(({ of }) => of)).toEqual([
    [0, 1, 2],
    [2, 3],
  ]);
});

it('takes from each family in turn, and says how many findings are left', () => {
  const pool = accounts(0, 40);
  const cards = [0, 8, 16, 24, 32].map((from) => card(pool.slice(from, from + 8)));
  const { ties, left } = campaignGraph(pool, [...cards, template(pool), template(pool.slice(1))], {
    accounts: 40,
    ties: 4,
  });
  expect(ties.map(({ family }) => family)).toEqual(['content', 'payment', 'content', 'payment']);
  expect(left).toBe(3);
});

it('of many accounts draws those that most findings name: a whole card among thousands', () => {
  const pool = accounts(0, 5_000);
  const graph = campaignGraph(pool, [template(pool), card(pool.slice(2_000, 2_008))]);
  expect(graph).toMatchObject({ drawn: 120, accounts: 5_000 });
  expect(graph.ties.map(({ of }) => of.length)).toEqual([120, 8]);
});

it('is the same whatever order the findings and accounts come in', () => {
  const pool = accounts(0, 30);
  const ties = [template(pool), template(pool.slice(3)), card(pool.slice(0, 8)), card(pool.slice(8, 16))];
  expect(campaignGraph(pool.toReversed(), ties.toReversed())).toEqual(campaignGraph(pool, ties));
});
