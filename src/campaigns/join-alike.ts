import { countIn, indexByAccount } from './by-account.ts';
import { alikeIn, baseRate, excess, findEvidence, LIKE_FAMILIES, type Support, supportsOf } from './find-evidence.ts';
import { type Group, groupOf } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';
import { kindOfTrait } from './trait.ts';

/** Instruments from which on it is no chance that the accounts of each are alike. */
const FEWEST_CARDS = 3;
/** Of an instrument's accounts, the share that must be like the others for it to be theirs, and how many. */
const ALIKE_SHARE = 0.5;
const ALIKE_ACCOUNTS = 2;
/** Sets of instruments that are grown, the largest: each costs a pass over everything that was found. */
const MOST_SEEDS = 32;
/** Each round there is more to be like. */
const ROUNDS = 4;
/** Nats by which so many instruments must be more than chance, and the most that they count. */
const LEAST_EVIDENCE = 4;
const MOST_EVIDENCE = 12;

interface Comparing {
  activeAccounts: number;
  /** Accounts whose exchanges came without texts. */
  textless: ReadonlySet<AccountKey>;
}

/** The groups that nothing but payment instruments ties: each has one, or some that mostly pay for the same accounts. */
export const cardGroups = (groups: readonly Group[]): Group[] =>
  groups.filter(({ ties }) => ties.every(({ trait }) => kindOfTrait(trait) === 'payment'));

/**
 * Puts together the groups of payment instruments whose accounts are alike in several families: a pool whose instruments
 * pay for three or four accounts each would be too small to judge, card by card. Only where there are no texts: with them,
 * templates tell which cards are one campaign's, and two campaigns may be as alike as this. Each seed costs what all supports
 * name; seeds are bounded.
 */
export function joinAlike(groups: Group[], hits: readonly Hit[], { activeAccounts, textless }: Comparing): Group[] {
  const parts = cardGroups(groups).filter(({ accounts }) => [...accounts.keys()].every((each) => textless.has(each)));
  if (parts.length < FEWEST_CARDS) return groups;
  const supports = supportsOf(hits);
  const partsOf = indexByAccount(parts, ({ accounts }) => accounts.keys());
  const left = new Set(parts);
  const joined: Group[] = [];
  for (const alike of alikeParts(parts, supports, partsOf).slice(0, MOST_SEEDS)) {
    const seed = alike.filter((part) => left.has(part));
    if (seed.length === 0) continue;
    const grown = growPool(seed, { left, partsOf, supports, activeAccounts });
    const pool = [...grown].toSorted((a, b) => (nameOf([a]) < nameOf([b]) ? -1 : 1));
    if (pool.length < FEWEST_CARDS) continue;
    const weight = evidenceOf(pool, supports, activeAccounts) - Math.log(parts.length);
    if (weight < LEAST_EVIDENCE) continue;
    for (const part of pool) left.delete(part);
    joined.push(raised(pool, Math.min(MOST_EVIDENCE, weight)));
  }
  const taken = new Set(parts.filter((part) => !left.has(part)));
  return [...groups.filter((group) => !taken.has(group)), ...joined];
}

/** Parts that the same supports of enough families say the same of, the most accounts first. */
function alikeParts(
  parts: readonly Group[],
  supports: readonly Support[],
  partsOf: ReadonlyMap<AccountKey, readonly Group[]>,
): Group[][] {
  const said = new Map<Group, Support[]>(parts.map((part) => [part, []]));
  for (const support of supports) {
    for (const [part, count] of countIn(support.accounts, partsOf))
      if (isTheirs(part, count)) said.get(part)?.push(support);
  }
  const place = new Map(supports.map((support, at) => [support, at]));
  const bySaying = new Map<string, Group[]>();
  for (const [part, own] of said) {
    if (new Set(own.map(({ hit }) => hit.family)).size < LIKE_FAMILIES) continue;
    const saying = own.map((support) => place.get(support)).join();
    const same = bySaying.get(saying);
    if (same === undefined) bySaying.set(saying, [part]);
    else same.push(part);
  }
  const size = (same: readonly Group[]) => same.reduce((sum, { accounts }) => sum + accounts.size, 0);
  return [...bySaying.values()].toSorted((a, b) => size(b) - size(a) || (nameOf(a) < nameOf(b) ? -1 : 1));
}

const isTheirs = (part: Group, count: number): boolean =>
  count >= ALIKE_ACCOUNTS && count >= ALIKE_SHARE * part.accounts.size;

const nameOf = (parts: readonly Group[]): string =>
  parts.flatMap(({ ties }) => ties.map(({ trait }) => trait)).toSorted()[0] ?? '';
const together = (parts: readonly Group[]): Group => groupOf(parts.flatMap(({ ties }) => ties));
const NOBODY: ReadonlySet<AccountKey> = new Set();
const explain = (): string => '';

interface Left {
  left: ReadonlySet<Group>;
  partsOf: ReadonlyMap<AccountKey, readonly Group[]>;
  supports: readonly Support[];
  activeAccounts: number;
}

/** The seed, and of what is left the parts whose accounts are like it, and like each other. */
function growPool(seed: readonly Group[], { left, partsOf, supports, activeAccounts }: Left): Set<Group> {
  const pool = new Set(seed);
  for (let round = 0; round < ROUNDS; round += 1) {
    const group = together([...pool]);
    const core = new Set(group.accounts.keys());
    const alike = alikeIn(findEvidence(core, group, supports, { activeAccounts, explain }), core);
    const more = [...countIn(alike, partsOf)].filter(([part, count]) => left.has(part) && isTheirs(part, count));
    const before = pool.size;
    for (const [part] of more) pool.add(part);
    if (pool.size === before) break;
  }
  return pool;
}

/** Nats by which the instruments' accounts are more often alike than everyone else's. */
function evidenceOf(parts: readonly Group[], supports: readonly Support[], activeAccounts: number): number {
  const group = together(parts);
  const core = new Set(group.accounts.keys());
  const compared = { activeAccounts, explain };
  const suspects = alikeIn(findEvidence(core, group, supports, compared), core);
  const alike = alikeIn(findEvidence(core, group, supports, compared, suspects), NOBODY);
  const outside = [...alike].filter((account) => !core.has(account)).length;
  const base = baseRate(outside, activeAccounts - core.size);
  // An instrument's accounts are no chances of their own, so that each instrument counts once.
  return parts.reduce((sum, { accounts }) => {
    const count = [...accounts.keys()].filter((account) => alike.has(account)).length;
    return sum + excess(count / accounts.size, base);
  }, 0);
}

/** The parts as one group, each instrument worth what all of them are. */
function raised(parts: readonly Group[], weight: number): Group {
  return groupOf(
    parts.flatMap(({ ties }) =>
      ties.map((hit) => ({
        ...hit,
        weight: Math.max(hit.weight, weight),
        evidence: { ...hit.evidence, alike: parts.length },
      })),
    ),
  );
}
