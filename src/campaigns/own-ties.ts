import type { AccountKey, Hit } from './hit.ts';
import { MOST_AGAINST, TIE_CAP } from './judge-members.ts';
import { isOfContent } from './trait.ts';

/** Accounts of a group that a tie must name, and more than of others, to be the group's. */
export const LEAST_TIED = 3;

/** A group's own ties: those that name most of it, as the marks of its templates do, with how many; and the others, as its cards. */
interface OwnTies {
  common: { hit: Hit; count: number }[];
  others: Hit[];
}

/** Ties that name accounts of a group, and how many of it. */
export function tiesInside(
  known: ReadonlySet<AccountKey>,
  tiesOf: ReadonlyMap<AccountKey, readonly Hit[]>,
): Map<Hit, number> {
  const inside = new Map<Hit, number>();
  for (const account of known) for (const hit of tiesOf.get(account) ?? []) inside.set(hit, (inside.get(hit) ?? 0) + 1);
  return inside;
}

/** Of those, the ones that are the group's. */
export function ownTies(known: ReadonlySet<AccountKey>, inside: ReadonlyMap<Hit, number>): OwnTies {
  const own: OwnTies = { common: [], others: [] };
  for (const [hit, count] of inside) {
    if (count < LEAST_TIED || count <= hit.accounts.length / 2) continue;
    if (count > known.size / 2) own.common.push({ hit, count });
    else own.others.push(hit);
  }
  return own;
}

/**
 * Accounts outside the group that something ties to it: a card, say, that pays for more of it than of others. Of what ties
 * most of the group an account must have most too: one alone is met by chance.
 */
export function tiedTo(known: ReadonlySet<AccountKey>, { common, others }: OwnTies): Set<AccountKey> {
  const met = new Map<AccountKey, number>();
  for (const { hit } of common) for (const account of hit.accounts) met.set(account, (met.get(account) ?? 0) + 1);
  const tied = others.flatMap((hit) => hit.accounts);
  for (const [account, count] of met) if (count > common.length / 2) tied.push(account);
  return new Set(tied.filter((account) => !known.has(account)));
}

/**
 * Nats against an account that lacks what ties most of the group, on average over those ties: where every one of five hundred
 * is dealt the same templates, who is not dealt them is hardly the next. Less is said of whom no text is known, and nothing of
 * whom something else, a card say, ties to the group.
 */
export function lackingOf(
  known: ReadonlySet<AccountKey>,
  { common, others }: OwnTies,
  tiesOf: ReadonlyMap<AccountKey, readonly Hit[]>,
): (account: AccountKey) => number {
  const tiedBeside = new Set(
    others.flatMap((hit) => (hit.family === 'content' || isOfContent(hit) ? [] : hit.accounts)),
  );
  return (account) => {
    if (common.length === 0 || tiedBeside.has(account)) return 0;
    const ties = new Set(tiesOf.get(account));
    const most = [...ties].some(({ family }) => family === 'content') ? TIE_CAP : MOST_AGAINST;
    const lacked = common.filter(({ hit }) => !ties.has(hit));
    const nats = lacked.map(({ count }) => Math.max(-most, Math.log(1 - count / (known.size + 1))));
    return nats.reduce((sum, each) => sum + each, 0) / common.length;
  };
}
