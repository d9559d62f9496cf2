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

/** What a template reaches of the accounts of cards whose people have work of their own. */
const OTHERS_REACH = 0.5;
/** However often a template is used, an account may be about to start. */
const SURELY_REACHED = 0.95;

/**
 * Nats by which the template's users are likelier if all accounts of these cards are dealt it than if it reaches half as
 * many. A card's accounts are no chances of their own, so that each card counts once.
 */
export function reachEvidence(
  template: { users: number; uses: number; exchanges: number },
  cards: readonly ReachedCard[],
): number {
  const rate = rateOf(template);
  return cards.reduce((sum, { users, accounts, exchanges }) => {
    const reached = Math.min(SURELY_REACHED, -Math.expm1((-rate * exchanges) / accounts));
    const asUsers = users * -Math.log(OTHERS_REACH);
    const asOthers = (accounts - users) * Math.log((1 - reached) / (1 - OTHERS_REACH * reached));
    return sum + (asUsers + asOthers) / accounts;
  }, 0);
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
