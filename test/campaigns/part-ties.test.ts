import { describe, expect, it } from 'vitest';
import type { Hit } from '../../src/campaigns/hit.ts';
import { partTies } from '../../src/campaigns/part-ties.ts';
import { traitOf } from '../../src/campaigns/trait.ts';
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

  it('is two where all cards that a phrase reaches are told of at once: that says no more than the phrase', () => {
    const told = (names: readonly string[], hash: bigint) =>
      tie(names, { detection: 'carded-template', family: 'payment', trait: String(traitOf('prompt_head', hash)) });
    const across = [1n, 2n, 3n].map((hash) => told([...one, ...other], hash));
    const own = told(one, 4n);
    const parts = partTies([phrase, ...wrappers, ...apart, ...across, own])?.queues;
    expect(parts).toHaveLength(2);
    expect(parts?.filter((part) => part.includes(own))).toHaveLength(1);
    expect(parts?.flat()).not.toContain(across[0]);
    expect(partTies([phrase, ...wrappers, own, told(other, 5n)])).toBeUndefined();
  });

  it('is of queues of five accounts and more', () => {
    const few = (count: number) => {
      const [a, b] = [one.slice(0, count), other.slice(0, count)];
      return partTies([tie(a), tie(b), card(a), card(b)])?.queues.length;
    };
    expect([few(5), few(4)]).toEqual([2, undefined]);
  });

  it('leaves what is of neither queue by itself', () => {
    const [small, stranger] = [tie(accounts(300, 4)), card(accounts(400, 6))];
    expect(partTies([...wrappers, ...apart, small, stranger])?.rest).toEqual([small, stranger]);
  });

  it('gives a card to the queue that has nine in ten of its accounts', () => {
    const mostly = (inside: number) => card([...one.slice(0, inside), ...other.slice(0, 10 - inside)]);
    const many = [one, other].flatMap((names) => names.slice(0, 20).map((_, at) => card(names.slice(at, at + 4))));
    const has = (tied: Hit) => partTies([...wrappers, ...many, tied])?.queues.map((queue) => queue.includes(tied));
    expect(has(mostly(9))).toEqual([true, false]);
    expect(has(mostly(1))).toEqual([false, true]);
    expect(has(mostly(8))).toEqual([false, false]);
  });

  it('may have one card in ten that crosses, and no more', () => {
    const cross = [0, 4].map((from) => card([...one.slice(from, from + 4), ...other.slice(from, from + 4)]));
    const nine = [...apart, card(one.slice(0, 8)), card(one.slice(8, 16)), card(other.slice(0, 8))];
    expect(partTies([...wrappers, ...nine, ...cross.slice(0, 1)])?.queues).toHaveLength(2);
    expect(partTies([...wrappers, ...nine, ...cross])).toBeUndefined();
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
