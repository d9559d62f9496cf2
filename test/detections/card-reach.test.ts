import { describe, expect, it } from 'vitest';
import { cardReach, reachEvidence } from '../../src/detections/card-reach.ts';

/** Of `accounts` of each card with `each` exchanges, how many a use of `rate` an exchange reaches. */
const reached = (accounts: number, each: number, rate: number) => accounts * -Math.expm1(-rate * each);
/** Uses by those who are reached at all. */
const template = (users: number, each: number, rate: number) => ({
  users,
  uses: (users * rate * each) / -Math.expm1(-rate * each),
  exchanges: users * each,
});

describe('how far a template reaches over cards', () => {
  it.each([
    [3, 0.12],
    [6, 0.4],
    [40, 0.05],
  ])('is 1 where everyone is dealt it at one rate (%d exchanges, %d uses each)', (each, rate) => {
    const users = reached(10, each, rate);
    const cards = Array.from({ length: 7 }, () => ({ users, accounts: 10, exchanges: 10 * each }));
    expect(cardReach(template(7 * users, each, rate), cards)).toBeCloseTo(1, 3);
  });

  it('is the share of those who have other work where the others use it much', () => {
    const cards = [{ users: 2, accounts: 10, exchanges: 10 * 50 }];
    expect(cardReach(template(2, 50, 0.8), cards)).toBeCloseTo(0.2, 3);
  });

  it('is the higher, the less the other accounts did', () => {
    const idle = cardReach(template(4, 20, 0.5), [{ users: 4, accounts: 8, exchanges: 84 }]);
    const busy = cardReach(template(4, 20, 0.5), [{ users: 4, accounts: 8, exchanges: 160 }]);
    expect(idle).toBeGreaterThan(busy);
  });

  it('stays a number where nobody used it twice', () => {
    const once = { users: 12, uses: 12, exchanges: 24 };
    const reach = cardReach(once, [{ users: 12, accounts: 20, exchanges: 40 }]);
    expect(reach).toSatisfy(Number.isFinite);
    expect(reach).toBeGreaterThan(1);
  });
});

describe('what a template’s reach speaks for', () => {
  const dealt = { users: 12, uses: 1200, exchanges: 1200 };
  const whole = { users: 4, accounts: 4, exchanges: 400 };

  it('counts a card once where all of its accounts are dealt much, however many they are', () => {
    const large = { users: 40, accounts: 40, exchanges: 4000 };
    expect(reachEvidence(dealt, [whole, whole, whole])).toBeCloseTo(3 * Math.LN2, 5);
    expect(reachEvidence(dealt, [large, large, large])).toBeCloseTo(3 * Math.LN2, 5);
  });

  it('speaks against one pool where others of a card do not use what its users use much', () => {
    expect(reachEvidence(dealt, [whole, whole, { users: 2, accounts: 4, exchanges: 400 }])).toBeLessThan(Math.LN2);
    const half = { users: 2, accounts: 4, exchanges: 400 };
    expect(reachEvidence(dealt, [half, half, half])).toBeLessThan(0);
  });

  it('says little of a template that is used too thinly to tell', () => {
    const once = { users: 12, uses: 13, exchanges: 240 };
    const thin = { users: 2, accounts: 10, exchanges: 200 };
    expect(Math.abs(reachEvidence(once, [thin, thin, thin]))).toBeLessThan(0.3);
  });
});
