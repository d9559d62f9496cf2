/** A payment instrument that several owners share: how many of its active accounts use a template, and their exchanges. */
export interface ReachedCard {
  users: number;
  accounts: number;
  /** Of all its accounts in the window, users or not. */
  exchanges: number;
}

const ROUNDS = 8;

/**
 * How many users a template has among the accounts of cards, as a share of those that it would have if all of them were
 * dealt it at the users' own rate: about 1 for one pool, little where a card's accounts have work of their own.
 */
export function cardReach(
  template: { users: number; uses: number; exchanges: number },
  cards: readonly ReachedCard[],
): number {
  const rate = rateOf(template);
  const expected = cards.reduce(
    (sum, { accounts, exchanges }) => sum + accounts * -Math.expm1((-rate * exchanges) / accounts),
    0,
  );
  return cards.reduce((sum, { users }) => sum + users, 0) / expected;
}

/** Uses an exchange, from accounts that used it at least once: who happened not to is not seen. */
function rateOf({ users, uses, exchanges }: { users: number; uses: number; exchanges: number }): number {
  const each = uses / users;
  // The mean of a Poisson law that is cut at 0 is m / (1 - e^-m): Newton's steps down from where it is 1 + m / 2.
  let mean = Math.max(2 * (each - 1), 1 / users);
  for (let round = 0; round < ROUNDS; round += 1) {
    const some = -Math.expm1(-mean);
    const slope = (some - mean * (1 - some)) / (some * some);
    // Where nobody used it twice, it is as rare as can be told from so many.
    mean = Math.max(mean - (mean / some - each) / slope, 1 / users);
  }
  return (mean * users) / exchanges;
}
