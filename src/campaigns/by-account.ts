import type { AccountKey } from './hit.ts';

/** For each account the things that name it, in their order; of one account at most so many. */
export function indexByAccount<Thing>(
  things: Iterable<Thing>,
  accountsOf: (thing: Thing) => Iterable<AccountKey>,
  most = Infinity,
): Map<AccountKey, Thing[]> {
  const thingsOf = new Map<AccountKey, Thing[]>();
  for (const thing of things) {
    for (const account of accountsOf(thing)) {
      const list = thingsOf.get(account);
      if (list === undefined) thingsOf.set(account, [thing]);
      else if (list.length < most) list.push(thing);
    }
  }
  return thingsOf;
}

/** How many of these accounts each thing names. */
export function countIn<Thing>(
  accounts: Iterable<AccountKey>,
  thingsOf: ReadonlyMap<AccountKey, readonly Thing[]>,
): Map<Thing, number> {
  const counts = new Map<Thing, number>();
  for (const account of accounts) {
    for (const thing of thingsOf.get(account) ?? []) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  }
  return counts;
}

/** Two sets of accounts are about the same ones when they have this share of the smaller in common. */
const SAME = 0.3;

export const areSame = (common: number, a: ReadonlySet<AccountKey>, b: ReadonlySet<AccountKey>): boolean =>
  common / Math.min(a.size, b.size) >= SAME;
