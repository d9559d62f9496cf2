/** Fewer cards are a family's or two, and happen to lie among a template's users. */
const FEWEST_CARDS = 3;
/** Accounts of one card from which on it is told. */
const SHARED_BY = 3;
/** Of a card's active accounts, the share that must be among the template's users for the card to be theirs. */
const OWN = 0.9;
/** Of the template's users, the share whom such cards pay for. */
const PAID = 0.5;

/** A template's user, and the payment instrument that it shares with others: 0 where there is none. */
export interface CardUse {
  card: number;
  /** Active accounts that the card pays for, the template's users among them. */
  cardAccounts: number;
}

/**
 * Whether cards bear out that a template's users are one pool: most of them pay with instruments that pay for hardly
 * anybody else. No chance puts several whole cards among the users of one template; one employer's cards would, and so
 * the template's use must still be as even as a queue's.
 */
export function cardsBearOut(uses: readonly CardUse[]): boolean {
  const cards = new Map<number, { users: number; accounts: number }>();
  for (const { card, cardAccounts } of uses) {
    if (card === 0) continue;
    const known = cards.get(card);
    cards.set(card, { users: (known?.users ?? 0) + 1, accounts: cardAccounts });
  }
  const own = [...cards.values()].filter(({ users, accounts }) => users >= SHARED_BY && users >= OWN * accounts);
  const paid = own.reduce((sum, { users }) => sum + users, 0);
  return own.length >= FEWEST_CARDS && paid >= PAID * uses.length;
}
