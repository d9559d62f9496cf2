import { alikeIn, baseRate, excess, findEvidence, type Support, supportsOf } from './find-evidence.ts';
import { type Group, groupOf } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';
import { kindOf } from './trait.ts';

/** Instruments from which on it is no chance that the accounts of each are alike. */
const FEWEST_CARDS = 3;
/** Of an instrument's accounts, the share that must be like the others for it to be theirs, and how many. */
const ALIKE_SHARE = 0.5;
const ALIKE_ACCOUNTS = 2;
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
  groups.filter(({ ties }) => ties.every(({ trait }) => isNumber(trait) && kindOf(BigInt(trait)) === 'payment'));

const isNumber = (trait: string): boolean => /^-?\d+$/.test(trait);

/**
 * Puts together the groups of payment instruments whose accounts are alike in several families: a pool whose instruments
 * pay for three or four accounts each would be too small to judge, card by card. Only where there are no texts: with them,
 * templates tell which cards are one campaign's, and two campaigns may be as alike as this.
 */
export function joinAlike(groups: Group[], hits: readonly Hit[], { activeAccounts, textless }: Comparing): Group[] {
  const left = new Set(
    cardGroups(groups)
      .filter(({ accounts }) => [...accounts.keys()].every((account) => textless.has(account)))
      .toSorted((a, b) => b.accounts.size - a.accounts.size || (nameOf(a) < nameOf(b) ? -1 : 1)),
  );
  const tested = left.size;
  if (tested < FEWEST_CARDS) return groups;
  const supports = supportsOf(hits);
  const joined: Group[] = [];
  const taken = new Set<Group>();
  for (const seed of left) {
    const parts = partsLike(seed, left, supports, activeAccounts);
    if (parts.length < FEWEST_CARDS) continue;
    const weight = evidenceOf(parts, supports, activeAccounts) - Math.log(tested);
    if (weight < LEAST_EVIDENCE) continue;
    for (const part of parts) {
      left.delete(part);
      taken.add(part);
    }
    joined.push(raised(parts, Math.min(MOST_EVIDENCE, weight)));
  }
  return [...groups.filter((group) => !taken.has(group)), ...joined];
}

const nameOf = ({ ties }: Group): string => ties[0]?.trait ?? '';
const together = (parts: readonly Group[]): Group => groupOf(parts.flatMap(({ ties }) => ties));
const NOBODY: ReadonlySet<AccountKey> = new Set();
const explain = (): string => '';

/** The seed, and of the groups that are left those whose accounts are like it and each other. */
function partsLike(seed: Group, left: ReadonlySet<Group>, supports: readonly Support[], activeAccounts: number) {
  const parts = [seed];
  for (let round = 0; round < ROUNDS; round += 1) {
    const group = together(parts);
    const core = new Set(group.accounts.keys());
    const alike = alikeIn(findEvidence(core, group, supports, { activeAccounts, explain }), core);
    const more = [...left].filter((part) => !parts.includes(part) && isAlike(part, alike));
    if (more.length === 0) break;
    parts.push(...more);
  }
  return parts;
}

const countAlike = ({ accounts }: Group, alike: ReadonlySet<AccountKey>): number =>
  [...accounts.keys()].filter((account) => alike.has(account)).length;

function isAlike(part: Group, alike: ReadonlySet<AccountKey>): boolean {
  const count = countAlike(part, alike);
  return count >= ALIKE_ACCOUNTS && count >= ALIKE_SHARE * part.accounts.size;
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
  return parts.reduce((sum, part) => sum + excess(countAlike(part, alike) / part.accounts.size, base), 0);
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
