import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Family } from '../../src/campaigns/campaign.ts';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { joinAlike } from '../../src/campaigns/join-alike.ts';
import { createScorer } from '../../src/campaigns/score-group.ts';
import { traitOf } from '../../src/campaigns/trait.ts';
import { accounts, support, tie } from './hits.ts';

const EVERYONE = 1_000;
const HABITS: [Family, string][] = [
  ['network', 'network-rotation'],
  ['behaviour', 'output-heavy'],
  ['identity', 'signup-cohort'],
];

/** A payment instrument of so many accounts. */
const card = (first: number, count = 4): Hit =>
  tie(accounts(first, count), {
    detection: 'shared-payment',
    family: 'payment',
    trait: traitOf('payment', BigInt(first + 1)).toString(),
    weight: Math.log(count),
  });
const cards = (count: number, first = 0): Hit[] => Array.from({ length: count }, (_, index) => card(first + 4 * index));
/** What says the same of all these accounts, in so many families. */
const alike = (names: readonly string[], families = HABITS.length): Hit[] =>
  HABITS.slice(0, families).map(([family, detection]) => support(names, { family, detection, trait: detection }));

const join = (hits: readonly Hit[], textless: Iterable<string> = accounts(0, EVERYONE)) =>
  joinAlike(groupHits(hits, EVERYONE), hits, { activeAccounts: EVERYONE, textless: new Set(textless) });
const sizes = (hits: readonly Hit[], textless?: Iterable<string>): number[] =>
  join(hits, textless)
    .map((group) => group.accounts.size)
    .toSorted((a, b) => b - a);

describe('payment instruments whose accounts are alike', () => {
  it('make one group, which can be judged where each alone is too small', () => {
    const hits = [...cards(10), ...alike(accounts(0, 40))];
    const [group, ...others] = join(hits);
    expect(others).toEqual([]);
    expect(group?.accounts.size).toBe(40);
    const score = createScorer({ hits, activeAccounts: EVERYONE, facts: new Map(), explain: (id) => id });
    const alone = groupHits(hits, EVERYONE).map(score);
    expect(alone).toEqual(alone.map(() => ({ benign: 'too_small' })));
    const scored = group === undefined ? undefined : score(group);
    expect(scored).toMatchObject({ confidence: expect.any(Number), families: ['payment', ...HABITS.map(([f]) => f)] });
    expect((scored as { confidence: number }).confidence).toBeGreaterThan(0.9);
    expect((scored as { members: { standing: string }[] }).members.map(({ standing }) => standing)).toEqual(
      Array.from({ length: 40 }, () => 'member'),
    );
  });

  it('are three at least, and count what all of them do, at most so much each', () => {
    const hits = [...cards(3), ...alike(accounts(0, 12))];
    const [group, ...others] = join(hits);
    expect(others).toEqual([]);
    expect(group?.ties.map(({ weight, evidence }) => [weight, evidence['alike']])).toEqual(
      Array.from({ length: 3 }, () => [12, 3]),
    );
  });

  it('count less the more of everyone else are like them, and the more instruments were tried', () => {
    const hits = [...cards(10), ...alike([...accounts(0, 40), ...accounts(100, 300)])];
    const base = (300 + 1) / (EVERYONE - 40 + 2);
    const weight = 10 * Math.log(1 / base) - Math.log(10);
    expect(weight).toBeLessThan(12);
    for (const found of join(hits)[0]?.ties ?? []) expect(found.weight).toBeCloseTo(weight, 6);
    // Two more instruments that are like nobody else's were tried as well.
    const more = join([...hits, card(600), card(610)]).find(({ ties }) => ties.length === 10);
    expect(more?.ties[0]?.weight).toBeCloseTo(weight + Math.log(10) - Math.log(12), 6);
  });

  it('keep a weight of their own that is more', () => {
    const heavy = { ...card(0), weight: 20 };
    const [group] = join([heavy, ...cards(3, 4), ...alike(accounts(0, 16))]);
    expect(group?.ties.map(({ weight }) => weight).toSorted((a, b) => a - b)).toEqual([12, 12, 12, 20]);
  });

  it('stand in one order, whatever that of the hits', () => {
    const hits = [...cards(10), ...alike(accounts(0, 40))];
    const names = (found: readonly Hit[]) => join(found)[0]?.ties.map(({ trait }) => trait);
    expect(names(hits.toReversed())).toEqual(names(hits));
    expect(names(hits)).toEqual(names(hits)?.toSorted());
  });

  it('are instruments: what else ties four accounts stays apart', () => {
    const client = (first: number, trait: string) => tie(accounts(first, 4), { family: 'client', trait });
    const others = [client(100, traitOf('tls_client', 7n).toString()), client(104, '12 of a kind'), client(108, 'x')];
    expect(sizes([...cards(10), ...others, ...alike([...accounts(0, 40), ...accounts(100, 12)])])).toEqual([
      40, 4, 4, 4,
    ]);
  });

  it('take in one of which half is like the others, and leave one of which less is', () => {
    const half = card(40);
    const less = card(50);
    const like = [...accounts(0, 40), '40', '41', '50'];
    expect(sizes([...cards(10), half, less, ...alike(like)])).toEqual([44, 4]);
  });

  it('stay apart where they are alike in two families only', () => {
    expect(sizes([...cards(10), ...alike(accounts(0, 40), 2)])).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it('stay apart where there are two of them', () => {
    expect(sizes([...cards(2), ...alike(accounts(0, 8))])).toEqual([4, 4]);
  });

  it('stay apart where everyone else is as much alike', () => {
    expect(sizes([...cards(10), ...alike(accounts(0, 700))])).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it('stay apart where texts tell which is whose', () => {
    const hits = [...cards(10), ...alike(accounts(0, 40))];
    expect(sizes(hits, [])).toEqual(Array.from({ length: 10 }, () => 4));
    // One account with texts keeps its own card out.
    expect(sizes(hits, accounts(1, 39))).toEqual([36, 4]);
  });

  it('stay apart from those that are alike in other things', () => {
    const others = accounts(100, 40);
    const otherwise = [
      support(others, { family: 'timing', detection: 'no-night', trait: 'no-night' }),
      support(others, { family: 'client', detection: 'shared-client', trait: 'client' }),
      support(others, { family: 'identity', detection: 'signup-cohort', trait: 'another week' }),
    ];
    const hits = [...cards(10), ...cards(10, 100), ...alike(accounts(0, 40)), ...otherwise];
    expect(sizes(hits)).toEqual([40, 40]);
  });

  it('leave groups alone that a template ties', () => {
    const template = tie(accounts(0, 12));
    expect(sizes([template, ...cards(10), ...alike(accounts(0, 40))])).toEqual([28, 12]);
  });

  it('are in one group each, whatever the hits and their order', () => {
    const arbitrary = fc.record({
      count: fc.integer({ min: 0, max: 12 }),
      like: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }),
      textless: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }),
      turn: fc.boolean(),
    });
    fc.assert(
      fc.property(arbitrary, ({ count, like, textless, turn }) => {
        const hits = [...cards(count), ...alike(like.map(String))];
        const known = textless.map(String);
        const groups = join(turn ? hits.toReversed() : hits, known);
        const names = groups.flatMap((group) => group.ties.map(({ trait }) => trait));
        expect(names.toSorted()).toEqual(
          cards(count)
            .map(({ trait }) => trait)
            .toSorted(),
        );
        expect(sizes(hits, known)).toEqual(groups.map(({ accounts: { size } }) => size).toSorted((a, b) => b - a));
      }),
    );
  });
});
