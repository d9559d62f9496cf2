import { expect, it } from 'vitest';
import { isAsGood, isFarWeaker } from '../../src/campaigns/is-as-good.ts';

const best = { bestTie: 20, confidence: 0.9999 };

it.each([
  ['as strong and as sure', { typicalTie: 20, confidence: 0.9999 }, true],
  ['stronger, and hardly less sure', { typicalTie: 25, confidence: 0.9995 }, true],
  ['tied more weakly', { typicalTie: 19.9, confidence: 0.9999 }, false],
  ['tied as strongly, and far less sure', { typicalTie: 20, confidence: 0.991 }, false],
])('evidence that is %s judges anew: %j is %s', (_, group, good) => {
  expect(isAsGood(group, best)).toBe(good);
});

it('does not stumble over certainty', () => {
  expect(isAsGood({ typicalTie: 1, confidence: 1 }, { bestTie: 1, confidence: 0.9 })).toBe(true);
  expect(isAsGood({ typicalTie: 1, confidence: 0.9 }, { bestTie: 1, confidence: 1 })).toBe(false);
});

it.each([
  ['a little less sure', 0.999, false],
  ['hardly four nats less sure', 0.9947, false],
  ['more than four nats less sure', 0.9945, true],
  ['a phrase’s, just above the alert’s threshold', 0.96, true],
])('evidence that is %s (%d) takes nobody in: %s', (_, confidence, far) => {
  expect(isFarWeaker({ typicalTie: 19.9, confidence }, best)).toBe(far);
  // As strongly tied as ever, it is another pool of the same hand.
  expect(isFarWeaker({ typicalTie: 20, confidence }, best)).toBe(false);
});

it.each([
  ['a tenth as strong', 2, false],
  ['a thirtieth as strong', 0.66, true],
])('a tie that is %s (%d) takes nobody in, however sure: %s', (_, typicalTie, far) => {
  expect(isFarWeaker({ typicalTie, confidence: 0.9999 }, best)).toBe(far);
});
