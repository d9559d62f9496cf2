import { expect, it } from 'vitest';
import { type CardUse, cardsBearOut } from '../../src/detections/cards-bear-out.ts';

/** So many users of each card, which pays for so many accounts in all; 0 is no card. */
const users = (...cards: [card: number, users: number, accounts?: number][]): CardUse[] =>
  cards.flatMap(([card, count, accounts = count]) =>
    Array.from({ length: count }, () => ({ card, cardAccounts: card === 0 ? 0 : accounts })),
  );

it.each([
  ['whole cards of eight', users([1, 8], [2, 8], [3, 8]), true],
  ['three whole cards, and as many who share none', users([1, 8], [2, 8], [3, 8], [0, 24]), true],
  ['three whole cards among more who share none', users([1, 8], [2, 8], [3, 8], [0, 25]), false],
  ['two cards, however many they pay for', users([1, 30], [2, 30]), false],
  ['pairs', users([1, 2], [2, 2], [3, 2], [4, 2]), false],
  ['cards of which one in ten works elsewhere', users([1, 9, 10], [2, 9, 10], [3, 9, 10]), true],
  ['cards that pay for many others', users([1, 8, 10], [2, 8, 10], [3, 8, 10]), false],
  ['nobody', [], false],
])('%s: borne out is %3$s', (_, uses, borne) => {
  expect(cardsBearOut(uses)).toBe(borne);
});
