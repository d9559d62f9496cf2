import type { Family } from './campaign.ts';
import {
  alikeIn,
  type Comparison,
  findEvidence,
  findingsByFamily,
  LIKE_FAMILIES,
  type Support,
} from './find-evidence.ts';
import type { Group } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';
import { likeness, SURE } from './judge-members.ts';
import { LEAST_TIED, lackingOf, ownTies, tiedTo, tiesInside } from './own-ties.ts';

/** A finding that at most this share of everyone else shows is rare: an account must have one in common with the group. */
const RARE = 0.03;
/** Families that say how an account behaves, not with what it comes: strangers behave alike. */
const HABITS: ReadonlySet<Family> = new Set(['timing', 'behaviour', 'identity']);
/** Nats of doubt about an account that no tie names: of hundreds that are looked at, few belong. */
const STRANGER_DOUBT = 7;
/** Each round the group is larger, and what everyone else shows is rarer. */
const ROUNDS = 5;

/**
 * Accounts that are like the `core` of a group family by family, in something rare among others, or tied to it by what
 * made other groups: a pool whose cards pay for ten accounts each is one pool. With the nats that speak for each.
 */
export function recruitMembers(
  core: ReadonlySet<AccountKey>,
  supports: readonly Support[],
  tiesOf: ReadonlyMap<AccountKey, readonly Hit[]>,
  input: Comparison,
): Map<AccountKey, number> {
  const recruits = new Map<AccountKey, number>();
  const nobodyTied: Group = { ties: [], accounts: new Map() };
  for (let round = 0; round < ROUNDS; round += 1) {
    const known = new Set([...core, ...recruits.keys()]);
    const suspects = alikeIn(findEvidence(known, nobodyTied, supports, input), known);
    const told = findingsByFamily(findEvidence(known, nobodyTied, supports, input, suspects));
    const marks = told.flat().filter(({ reason }) => reason.baseRate <= RARE && !HABITS.has(reason.family));
    let joined = 0;
    const inside = tiesInside(known, tiesOf);
    const own = ownTies(known, inside);
    const tied = tiedTo(known, own);
    const lacks = lackingOf(known, own, tiesOf);
    // Who is dealt a template that the group knows nothing of is another queue's, however like it is.
    const isOfAnother = (account: AccountKey): boolean =>
      (tiesOf.get(account) ?? []).some((hit) => hit.family === 'content' && (inside.get(hit) ?? 0) < LEAST_TIED);
    for (const account of new Set([...suspects, ...tied])) {
      if (!tied.has(account) && !marks.some(({ covered }) => covered.has(account))) continue;
      if (isOfAnother(account)) continue;
      const doubt = tied.has(account) ? 0 : STRANGER_DOUBT;
      const strength = told.reduce((sum, found) => sum + likeness(found, account, known.size), lacks(account) - doubt);
      if (strength < SURE) continue;
      recruits.set(account, strength);
      joined += 1;
    }
    if (joined === 0) break;
  }
  return recruits;
}

/** Accounts that any group could recruit for being like it: what is known of them must be at hand. */
export function likeable(hits: readonly Hit[]): AccountKey[] {
  const familiesOf = new Map<AccountKey, Set<Family>>();
  for (const { role, family, accounts } of hits) {
    if (role !== 'supports') continue;
    for (const account of accounts) {
      const families = familiesOf.get(account);
      if (families === undefined) familiesOf.set(account, new Set([family]));
      else families.add(family);
    }
  }
  return [...familiesOf].filter(([, families]) => families.size >= LIKE_FAMILIES).map(([account]) => account);
}
