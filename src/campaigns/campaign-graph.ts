import type { Family } from './campaign.ts';
import type { AccountKey } from './hit.ts';

/** What a detection found of some of a campaign's accounts. */
export interface Tie {
  detection: string;
  family: Family;
  accounts: readonly AccountKey[];
}

/** Ties that name the very same accounts, as one. */
export interface DrawnTie {
  detection: string;
  family: Family;
  /** How many are drawn as one. */
  findings: number;
  /** Of all the campaign's accounts, how many they name. */
  accounts: number;
  /** Which of the drawn accounts: positions from 0. */
  of: number[];
}

/** A campaign's accounts and what ties them, no more than a person can look at. */
export interface CampaignGraph {
  ties: DrawnTie[];
  /** Accounts that are drawn, so that neighbours have most in common, and all there are. */
  drawn: number;
  accounts: number;
  /** Ties that are not drawn. */
  left: number;
}

const MOST = { accounts: 120, ties: 16 };

/**
 * Chooses what to draw: of each family in turn the tie that names most accounts, and the accounts that most of these
 * name. Pure; the same campaign is always the same picture.
 */
export function campaignGraph(accounts: readonly AccountKey[], ties: readonly Tie[], most = MOST): CampaignGraph {
  const members = new Set(accounts);
  const merged = mergeSame(ties.map((tie) => ({ ...tie, accounts: tie.accounts.filter((each) => members.has(each)) })));
  const chosen = inTurn(merged).slice(0, most.ties);
  const patterns = new Map<AccountKey, string>();
  for (const [index, tie] of chosen.entries()) {
    for (const account of tie.accounts) patterns.set(account, `${patterns.get(account) ?? ''} ${letters(index)}`);
  }
  const patternOf = (account: AccountKey) => patterns.get(account) ?? '~';
  const byPattern = (a: AccountKey, b: AccountKey) =>
    patternOf(a) === patternOf(b) ? (a < b ? -1 : 1) : patternOf(a) < patternOf(b) ? -1 : 1;
  // Most ties first: of a card that pays for eight among thousands, all eight are to be seen.
  const drawn = [...members]
    .toSorted((a, b) => patternOf(b).length - patternOf(a).length || byPattern(a, b))
    .slice(0, most.accounts)
    .toSorted(byPattern);
  const place = new Map(drawn.map((account, at) => [account, at]));
  return {
    ties: chosen.map(({ detection, family, findings, accounts: named }) => ({
      detection,
      family,
      findings,
      accounts: named.length,
      of: named.flatMap((account) => place.get(account) ?? []).toSorted((a, b) => a - b),
    })),
    drawn: drawn.length,
    accounts: members.size,
    left: merged.slice(most.ties).length,
  };
}

interface MergedTie extends Tie {
  findings: number;
  /** Its detection and accounts. */
  name: string;
}

function mergeSame(ties: readonly Tie[]): MergedTie[] {
  const merged = new Map<string, MergedTie>();
  for (const { detection, family, accounts } of ties) {
    if (accounts.length < 2) continue;
    const name = `${detection} ${accounts.toSorted().join()}`;
    const known = merged.get(name);
    if (known === undefined) merged.set(name, { detection, family, accounts, findings: 1, name });
    else known.findings += 1;
  }
  return [...merged.values()];
}

/** The widest of each family, then the next of each. */
function inTurn(ties: readonly MergedTie[]): MergedTie[] {
  const byFamily = new Map<Family, MergedTie[]>();
  const widest = ties.toSorted(
    (a, b) => b.accounts.length - a.accounts.length || b.findings - a.findings || (a.name < b.name ? -1 : 1),
  );
  for (const tie of widest) {
    byFamily.set(tie.family, [...(byFamily.get(tie.family) ?? []), tie]);
  }
  const rounds = Math.max(0, ...[...byFamily.values()].map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) =>
    [...byFamily.values()].flatMap((list) => list[round] ?? []),
  ).flat();
}

/** Sorts as the number does. */
const letters = (index: number): string => String.fromCodePoint(97 + index);
