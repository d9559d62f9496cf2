import { describe, expect, it } from 'vitest';
import { isOwn, TieSets } from '../../src/campaigns/tie-sets.ts';
import { accounts, tie } from './hits.ts';

const of = (family: 'content' | 'payment' | 'network', weight: number) => tie(accounts(0, 5), { family, weight });
const touched = (...roots: [number, boolean][]) => new Map(roots);

describe('sets of ties', () => {
  it('begin apart, and stay one however they were joined', () => {
    const sets = new TieSets([1, 2, 3, 4].map((weight) => of('content', weight)));
    expect([0, 1, 2, 3].map((index) => sets.find(index))).toEqual([0, 1, 2, 3]);
    sets.join(0, 1);
    sets.join(2, 3);
    sets.join(1, 3);
    sets.join(3, 0);
    expect(new Set([0, 1, 2, 3].map((index) => sets.find(index))).size).toBe(1);
  });

  it('are all joined by what comes upon one at most that is stronger', () => {
    const sets = new TieSets([of('content', 9), of('content', 3)]);
    expect(sets.joinedBy(of('content', 5), touched([0, false], [1, false]))).toEqual([0, 1]);
    expect(sets.joinedBy(of('content', 5), touched())).toEqual([]);
  });

  it('that stand on something stronger are not welded by what is nobody’s own, or the own of two', () => {
    const sets = new TieSets([of('content', 9), of('content', 8)]);
    expect(sets.joinedBy(of('content', 5), touched([0, false], [1, false]))).toBeUndefined();
    expect(sets.joinedBy(of('content', 5), touched([0, true], [1, true]))).toBeUndefined();
  });

  it('take what is the own of one, with what stands on nothing stronger', () => {
    const sets = new TieSets([of('content', 9), of('content', 8), of('content', 2)]);
    expect(sets.joinedBy(of('content', 5), touched([0, true], [1, false], [2, false]))).toEqual([0, 2]);
  });

  it('are stronger by content or by the tie’s own family, and by nothing else', () => {
    const stands = (family: 'content' | 'payment' | 'network', weight: number) => {
      const sets = new TieSets([of(family, weight), of('content', 9)]);
      return sets.joinedBy(of('payment', 5), touched([0, false], [1, false])) === undefined;
    };
    expect([stands('content', 6), stands('payment', 6), stands('network', 6)]).toEqual([true, true, false]);
    expect([stands('content', 5), stands('payment', 5)]).toEqual([false, false]);
  });

  it('are as strong as the heaviest that was joined to them', () => {
    const sets = new TieSets([of('payment', 2), of('payment', 7), of('payment', 3), of('content', 9)]);
    const welds = () => sets.joinedBy(of('payment', 5), touched([sets.find(0), false], [3, false])) !== undefined;
    expect(welds()).toBe(true);
    sets.join(0, 1);
    expect(welds()).toBe(false);
    sets.join(0, 2);
    expect(welds()).toBe(false);
  });

  it('gain a family that they had not', () => {
    const sets = new TieSets([of('network', 2), of('payment', 7), of('content', 9)]);
    sets.join(0, 1);
    expect(sets.joinedBy(of('payment', 5), touched([sets.find(0), false], [2, false]))).toBeUndefined();
  });
});

it.each([
  ['content', 6, true],
  ['payment', 6, true],
  ['network', 6, false],
  ['content', 5, false],
  ['payment', 5, false],
] as const)('a tie of %s that weighs %i is a queue’s own before a payment of 5: %s', (family, weight, own) => {
  expect(isOwn(of(family, weight), of('payment', 5))).toBe(own);
});
