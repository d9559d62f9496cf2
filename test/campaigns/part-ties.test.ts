import { describe, expect, it } from 'vitest';
import type { Hit } from '../../src/campaigns/hit.ts';
import { partTies } from '../../src/campaigns/part-ties.ts';
import { accounts, tie } from './hits.ts';

const [one, other] = [accounts(0, 24), accounts(50, 24)];
const phrase = tie([...one, ...other], { weight: 90 });
const wrappers = [one, other].flatMap((names) => [tie(names, { weight: 40 }), tie(names.slice(1), { weight: 30 })]);
const card = (names: readonly string[]) => tie(names, { detection: 'shared-payment', family: 'payment', weight: 2 });
/** Eight accounts a card, each in one queue. */
const cardsOf = (names: readonly string[]) => [0, 8, 16].map((from) => card(names.slice(from, from + 8)));
const apart = [...cardsOf(one), ...cardsOf(other)];

/** The accounts of each part, as a set. */
const partsOf = (ties: readonly Hit[]) =>
  partTies(ties)?.queues.map((part) => [...new Set(part.flatMap((hit) => hit.accounts))].toSorted());

describe('a group that a phrase holds together', () => {
  it('is two where templates and cards are each queue’s own, however much the phrase weighs', () => {
    expect(partsOf([phrase, ...wrappers, ...apart])).toEqual([one.toSorted(), other.toSorted()]);
    expect(partTies([phrase, ...wrappers, ...apart])?.queues.flat()).not.toContain(phrase);
  });

  it('is two, too, where accounts of a third met some of their templates', () => {
    const met = accounts(200, 9);
    const theirs = card(met);
    const strayed = [...wrappers, tie([...one, ...met.slice(0, 6)]), tie([...other, ...met.slice(3)]), theirs];
    const parts = partTies([phrase, ...strayed, ...apart]);
    expect(parts?.queues).toHaveLength(2);
    expect(parts?.rest).toEqual([theirs]);
  });

  it('is one where its cards go across: one pool whose accounts were dealt different wrappers', () => {
    const mixed = [0, 6, 12, 18].map((from) => card([...one.slice(from, from + 4), ...other.slice(from, from + 4)]));
    expect(partTies([phrase, ...wrappers, ...mixed])).toBeUndefined();
    expect(partTies([phrase, ...wrappers, ...apart, ...mixed])).toBeUndefined();
  });

  it('is two where a seller of networks serves both', () => {
    const many = [one, other].flatMap((names) => names.slice(0, 20).map((_, at) => card(names.slice(at, at + 4))));
    const seller = tie([...one.slice(0, 9), ...other.slice(0, 9)], { family: 'network', detection: 'shared-network' });
    expect(partTies([phrase, ...wrappers, ...many, seller])?.queues).toHaveLength(2);
  });

  it('is one where nothing but content could tell', () => {
    expect(partTies([phrase, ...wrappers])).toBeUndefined();
    expect(partTies([phrase, ...wrappers, ...cardsOf(one)])).toBeUndefined();
  });

  it('is one where its templates are dealt to the same accounts', () => {
    const dealt = [tie(one), tie(one.slice(2)), tie(one.slice(0, 20))];
    expect(partTies([...dealt, ...cardsOf(one)])).toBeUndefined();
  });
});
