import type { AccountKey, Hit } from './hit.ts';

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
 * Puts hits that largely name the same accounts into one group: bounded by HITS_PER_ACCOUNT² steps an account,
 * and a hit that touches two groups at its edge does not weld them.
 */
export function groupHits(hits: readonly Hit[], activeAccounts: number): Group[] {
  const ties = hits.filter((hit) => hit.role === 'ties');
  const shared = countShared(ties);
  const parent = ties.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  for (const [pair, count] of shared) {
    const [a, b] = pairOf(pair);
    const [smaller, larger] = [sizeOf(ties, a), sizeOf(ties, b)].toSorted((x, y) => x - y);
    if (count >= MIN_SHARED && beyondChance(count, smaller ?? 0, larger ?? 0, activeAccounts) >= OVERLAP)
      parent[find(a)] = find(b);
  }
  const groups = new Map<number, Hit[]>();
  ties.forEach((hit, index) => {
    const root = find(index);
    const members = groups.get(root);
    if (members === undefined) groups.set(root, [hit]);
    else members.push(hit);
  });
  return [...groups.values()].map((members) => ({ ties: members, accounts: tieStrengths(members) }));
}

/** The share of the smaller that is in the larger, from 0 where chance would put as many there, to 1 where all are. */
function beyondChance(count: number, smaller: number, larger: number, activeAccounts: number): number {
  const chance = larger < activeAccounts ? larger / activeAccounts : 0;
  return (count / smaller - chance) / (1 - chance);
}

const sizeOf = (ties: readonly Hit[], index: number): number => ties[index]?.accounts.length ?? 0;

// Two hit numbers in one key: fewer than 2^26 hits, so the key is exact.
const PAIR = 2 ** 26;
const pairOf = (key: number): [number, number] => [Math.floor(key / PAIR), key % PAIR];

/** For each two hits, how many accounts both name. */
function countShared(ties: readonly Hit[]): Map<number, number> {
  const hitsOf = new Map<AccountKey, number[]>();
  const order = ties.map((hit, index) => ({ index, weight: hit.weight })).toSorted((a, b) => b.weight - a.weight);
  for (const { index } of order) {
    for (const account of ties[index]?.accounts ?? []) {
      const list = hitsOf.get(account);
      if (list === undefined) hitsOf.set(account, [index]);
      else if (list.length < HITS_PER_ACCOUNT) list.push(index);
    }
  }
  const shared = new Map<number, number>();
  for (const list of hitsOf.values()) {
    list.sort((a, b) => a - b);
    for (const [position, a] of list.entries()) {
      for (const b of list.slice(position + 1)) shared.set(a * PAIR + b, (shared.get(a * PAIR + b) ?? 0) + 1);
    }
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
