import { expect, test } from 'vitest';
import { decideLook } from '../../src/campaigns/look-decision.ts';

const HOUR = 3_600_000;
const END = Date.parse('2026-03-12T00:00:00Z');

const after = (hours: number, newExchanges: number, windowExchanges = 1_000) =>
  decideLook({ windowEnd: END - hours * HOUR, newExchanges, windowExchanges }, END);

test('looks the first time', () => expect(decideLook(undefined, END)).toBe('first'));

test('looks every hour while a twenty-fifth of the window is new', () => {
  expect(after(1, 40)).toBe('busy');
  expect(after(1, 39)).toBeUndefined();
});

test('looks every three hours whatever is new', () => {
  expect(after(3, 0)).toBe('elapsed');
  expect(after(2.99, 0)).toBeUndefined();
});

test('an empty window is no reason', () => expect(after(1, 0, 0)).toBeUndefined());
