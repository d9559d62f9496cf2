import { indexByAccount } from './by-account.ts';
import type { AccountKey, Hit } from './hit.ts';
import { partTies } from './part-ties.ts';
import { isOwn, TieSets } from './tie-sets.ts';

/** Accounts that hits tie together, before anything is said of them. */
export interface Group {
  /** The hits that made it. */
  ties: Hit[];
  /** How strongly each account is tied: the evidence of all hits that name it. Strongest first. */
  accounts: Map<AccountKey, number>;
}

/**
 * Of the smaller of two hits, the share of accounts that must be in the larger for both to be one group; beyond the
 * share that chance gives: a phrase that every fourth account uses holds a quarter of any pool.
 */
const OVERLAP = 0.5;
const MIN_SHARED = 3;
/** Hits of one account that are looked at: an account with more is a hub, and its rarest, cleanest ones tell enough. */
const HITS_PER_ACCOUNT = 64;

/**
 * Puts hits that largely name the same accounts into one group: bounded by HITS_PER_ACCOUNT² steps an account and one
 * count a hit in memory, and a hit that touches two groups at its edge does not weld them. Nor does one that lies in both,
 * where each has a stronger tie of its own: two queues have phrases and networks in common, not their wrappers.
 */
export function groupHits(hits: readonly Hit[], activeAccounts: number): Group[] {
  const groups = joinTies(
    hits.filter((hit) => hit.role === 'ties'),
    activeAccounts,
  );
  return groups
    .flatMap((ties) => {
      const parted = partTies(ties);
      return parted === undefined ? [ties] : [...parted.queues, ...joinTies(parted.rest, activeAccounts)];
    })
    .map(groupOf);
}

/** The accounts that these ties name, as a group. */
export const groupOf = (ties: Hit[]): Group => ({ ties, accounts: tieStrengths(ties) });

function joinTies(ties: readonly Hit[], activeAccounts: number): Hit[][] {
  const strongestFirst = ties
    .map((hit, index) => ({ hit, index }))
    .toSorted((a, b) => b.hit.weight - a.hit.weight || (a.hit.trait < b.hit.trait ? -1 : 1));
  const place = new Map(strongestFirst.map(({ index }, at) => [index, at]));
  const hitsOf = hitsOfAccounts(ties);
  const sets = new TieSets(ties);
  const bridges = new Set<number>();
  for (const [at, { hit, index }] of strongestFirst.entries()) {
    const touched = new Map<number, boolean>();
    for (const [other, count] of sharedWith(index, hit, hitsOf)) {
      const tie = ties[other];
      if (tie === undefined || (place.get(other) ?? at) >= at || bridges.has(other)) continue;
      const [smaller, larger] = [hit.accounts.length, tie.accounts.length].toSorted((x, y) => x - y);
      if (count < MIN_SHARED || beyondChance(count, smaller ?? 0, larger ?? 0, activeAccounts) < OVERLAP) continue;
      const root = sets.find(other);
      touched.set(root, (touched.get(root) ?? false) || isOwn(tie, hit));
    }
    const joined = sets.joinedBy(hit, touched);
    if (joined === undefined) bridges.add(index);
    else for (const root of joined) sets.join(root, index);
  }
  const groups = new Map<number, Hit[]>();
  ties.forEach((hit, index) => {
    if (bridges.has(index)) return;
    const root = sets.find(index);
    const members = groups.get(root);
    if (members === undefined) groups.set(root, [hit]);
    else members.push(hit);
  });
  return [...groups.values()];
}

/** The share of the smaller that is in the larger, from 0 where chance would put as many there, to 1 where all are. */
function beyondChance(count: number, smaller: number, larger: number, activeAccounts: number): number {
  const chance = larger / activeAccounts;
  // What everybody has ties nobody.
  return chance >= 1 ? 0 : (count / smaller - chance) / (1 - chance);
}

/** For each account the hits that name it, the strongest, at most HITS_PER_ACCOUNT. */
function hitsOfAccounts(ties: readonly Hit[]): Map<AccountKey, number[]> {
  const order = ties.map((hit, index) => ({ index, weight: hit.weight })).toSorted((a, b) => b.weight - a.weight);
  const indexes = order.map(({ index }) => index);
  return indexByAccount(indexes, (index) => ties[index]?.accounts ?? [], HITS_PER_ACCOUNT);
}

/** How many accounts a hit has in common with each other hit. */
function sharedWith(index: number, hit: Hit, hitsOf: ReadonlyMap<AccountKey, readonly number[]>): Map<number, number> {
  const shared = new Map<number, number>();
  // Fewer accounts than must be shared are shared with nobody.
  if (hit.accounts.length < MIN_SHARED) return shared;
  for (const account of hit.accounts) {
    const list = hitsOf.get(account) ?? [];
    if (!list.includes(index)) continue;
    for (const other of list) if (other !== index) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return shared;
}

function tieStrengths(ties: readonly Hit[]): Map<AccountKey, number> {
  const strengths = new Map<AccountKey, number>();
  for (const hit of ties) {
    for (const account of hit.accounts) strengths.set(account, (strengths.get(account) ?? 0) + hit.weight);
  }
  return new Map([...strengths].toSorted((a, b) => b[1] - a[1]));
}
