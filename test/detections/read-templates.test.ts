import { describe, expect, it } from 'vitest';
import { type People, readTemplates } from '../../src/detections/read-templates.ts';
import { usesOf } from '../../src/detections/template.ts';

const LEAST = { minOwners: 3, minUsesPerAccount: 1.5, minTrafficShare: 0.2, minElicitation: 0.25, minPooledShare: 0.6 };

/** Six people of ten exchanges each, of which four elicit; the cards are the first ones'. */
function people(cards: readonly number[] = []): People {
  const six = [0, 1, 2, 3, 4, 5];
  return {
    accounts: six.map((at) => `1${at}`),
    owners: six,
    exchanges: six.map(() => 10),
    allElicited: six.map(() => 4),
    publicUses: six.map(() => 0),
    cards: six.map((at) => cards[at] ?? 0),
    cardAccounts: six.map((at) => (cards[at] === undefined ? 0 : 3)),
  };
}

const row = (users: number[], uses: number[], elicited = uses) => ({ trait: '7', users, uses, elicited });
const read = (rows: ReturnType<typeof row>[], cards?: number[]) => readTemplates(rows, people(cards), LEAST);
const areRead = (users: number[], uses: number[], elicited = uses, cards?: number[]) =>
  read([row(users, uses, elicited)], cards).templates.length === 1;

describe('templates of a window', () => {
  it('have one value for each user, whatever the days were', () => {
    const { templates } = read([row([4, 1, 4, 2, 4], [1, 2, 3, 4, 5], [0, 1, 1, 0, 2]), row([0, 1, 2], [2, 2, 2])]);
    expect(templates.map(({ users }) => users.map(({ account }) => account))).toEqual([
      ['11', '12', '14'],
      ['10', '11', '12'],
    ]);
    expect(templates.map(({ uses, elicited }) => [uses, elicited])).toEqual([
      [
        [2, 4, 9],
        [1, 0, 3],
      ],
      [
        [2, 2, 2],
        [2, 2, 2],
      ],
    ]);
  });

  it('are looked at beside what everyone did, and as many as are worth it', () => {
    const { everyone } = read([row([0, 1, 2], [4, 4, 4]), row([0], [4])]);
    expect(everyone).toEqual({ exchanges: 60, elicited: 24, tested: 1 });
  });

  it('are worth a look from enough accounts, uses and traffic on', () => {
    expect(areRead([0, 1, 2], [2, 2, 1])).toBe(true);
    expect(areRead([0, 1], [2, 2])).toBe(false);
    expect(areRead([0, 1, 2], [2, 1, 1])).toBe(false);
    // Of thirty exchanges a tenth, strays being half of it; of a plain one three.
    expect(
      readTemplates([row([0, 1, 2], [2, 2, 1])], { ...people(), exchanges: Array(6).fill(17) }, LEAST).templates,
    ).toEqual([]);
    expect(areRead([0, 1, 2], [3, 3, 2], [0, 1, 0])).toBe(true);
    expect(areRead([0, 1, 2], [3, 3, 2], [0, 0, 0])).toBe(false);
    expect(areRead([0, 1, 2], [3, 3, 3], [0, 0, 0])).toBe(true);
  });

  it('may be thinner where most users share cards, which are told of then alone', () => {
    const thin = [2, 1, 1];
    expect(areRead([0, 1, 2], thin, thin, [8, 8])).toBe(true);
    expect(areRead([0, 1, 2], thin, thin, [8])).toBe(false);
    const cardsOf = (cards: number[]) =>
      read([row([0, 1, 2], [4, 4, 4])], cards).templates.flatMap((template) =>
        usesOf(template).map((use) => [use.card, use.cardAccounts]),
      );
    expect(cardsOf([8, 8])).toEqual([
      [8, 3],
      [8, 3],
      [0, 0],
    ]);
    expect(cardsOf([8])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('that name somebody who is not there are a fault of the query', () => {
    expect(() => read([row([6], [1])])).toThrow('person 6 of 6');
  });
});
