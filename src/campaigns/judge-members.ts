import { type Finding, findingsByFamily } from './find-evidence.ts';
import type { Group } from './group-hits.ts';
import type { AccountKey } from './hit.ts';
import { oncePerGroup } from './once-per-group.ts';

/** An account of a group, and whether it is sure to belong. */
export interface Member {
  account: AccountKey;
  /** Nats that speak for it. */
  strength: number;
  standing: 'member' | 'review';
  detections: string[];
}

/** Accounts tied less than this share of the group's typical strength met it at the edge, and are left for a person to review. */
const WEAK_TIE = 0.25;
/** What a tie is worth to one account: its evidence less a doubt, since weak ties name bystanders too, up to a cap. */
const TIE_DOUBT = 4;
export const TIE_CAP = 6;
/** What having, or not having, one more family in common with the group is worth at most; the field may be missing. */
const MOST_FOR = 4;
export const MOST_AGAINST = 3;
/** A tie that names this share of a group is common in it. */
const COMMON = 0.5;
/** Nats from which an account is sure to belong: twenty to one. */
export const SURE = 3;

/**
 * How strongly the group's evidence ties those whom it is about: half of it, tie by tie, is on ties whose accounts are
 * typically tied more strongly. A tie is one finding, however many it names: any number of bystanders of one hardly
 * moves it.
 */
export const typicalTie = oncePerGroup((group): number => {
  const ties = group.ties
    .map(({ weight, accounts }) => ({ weight, strength: medianStrength(group, accounts) }))
    .toSorted((a, b) => b.strength - a.strength);
  const half = ties.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  return ties.find(({ weight }) => (passed += weight) >= half)?.strength ?? 0;
});

function medianStrength(group: Group, accounts: readonly AccountKey[]): number {
  const strengths = accounts.map((account) => group.accounts.get(account) ?? 0).toSorted((a, b) => a - b);
  return strengths[Math.floor(strengths.length / 2)] ?? 0;
}

/** Accounts that are not merely at the group's edge. */
export function tiedAccounts(group: Group): Set<AccountKey> {
  const least = WEAK_TIE * typicalTie(group);
  return new Set([...group.accounts].filter(([, strength]) => strength >= least).map(([account]) => account));
}

/** Who is sure to belong: those who are tied, and look like the others that are, family by family. */
export function judgeMembers(group: Group, findings: readonly Finding[], size = tiedAccounts(group).size): Member[] {
  const tied = tiedAccounts(group);
  const best = new Map<AccountKey, { weight: number; family: string; detection: string }>();
  for (const { weight, family, detection, accounts } of group.ties) {
    for (const account of accounts) {
      if (weight > (best.get(account)?.weight ?? 0)) best.set(account, { weight, family, detection });
    }
  }
  const families = findingsByFamily(findings);
  const common = commonTies(group, tied);
  // What many others show as well ties nobody for sure.
  const exclusive = new Map(findings.map(({ reason }) => [reason.detection, -Math.log(reason.baseRate)]));
  return [...group.accounts.keys()].map((account) => {
    const tie = best.get(account) ?? { weight: 0, family: '', detection: '' };
    const strength = families.reduce(
      (sum, found) => sum + likenessBeside(tie, found, account, size),
      Math.min(
        TIE_CAP,
        tie.weight - TIE_DOUBT,
        exclusive.get(tie.detection) ?? TIE_CAP,
        typicalOf(common.get(tie.detection) ?? [], account),
      ),
    );
    return { account, strength, standing: tied.has(account) && strength >= SURE ? 'member' : 'review', detections: [] };
  });
}

/** The accounts that are sure to belong. */
export const sureMembers = (members: readonly Member[]): Set<AccountKey> =>
  new Set(members.filter((member) => member.standing === 'member').map((member) => member.account));

/** A tie that names most of a group, and how many of it. */
interface CommonTie {
  accounts: ReadonlySet<AccountKey>;
  share: number;
}

/** The ties that name at least half of a group's accounts, by detection: who belongs has most of them, not one. */
function commonTies(group: Group, tied: ReadonlySet<AccountKey>): Map<string, CommonTie[]> {
  const common = new Map<string, CommonTie[]>();
  for (const { detection, accounts } of group.ties) {
    const share = accounts.filter((account) => tied.has(account)).length / (tied.size + 1);
    if (share < COMMON) continue;
    const tie = { accounts: new Set(accounts), share };
    const known = common.get(detection);
    if (known === undefined) common.set(detection, [tie]);
    else known.push(tie);
  }
  return common;
}

/** Nats for an account that the common ties name, on average: little where it met one of many by chance. */
function typicalOf(ties: readonly CommonTie[], account: AccountKey): number {
  if (ties.length === 0) return TIE_CAP;
  const nats = ties.map(({ accounts, share }) =>
    accounts.has(account) ? TIE_CAP : Math.max(-MOST_AGAINST, Math.log(1 - share)),
  );
  return nats.reduce((sum, each) => sum + each, 0) / ties.length;
}

/** What a family adds to a tie: one of the tie's own can only take away, by what else the group has of it. */
function likenessBeside(
  tie: { family: string; detection: string },
  found: readonly Finding[],
  account: AccountKey,
  size: number,
): number {
  if (found[0]?.reason.family !== tie.family) return likeness(found, account, size);
  const rest = found.filter(({ reason }) => reason.detection !== tie.detection);
  return Math.min(0, likeness(rest, account, size));
}

/**
 * How much likelier an account of the group is to have, or to lack, what one family's findings are about than anybody
 * else: their mean, since findings of one family are not independent.
 */
export function likeness(found: readonly Finding[], account: AccountKey, size: number): number {
  return found.reduce((sum, finding) => sum + likenessIn(finding, account, size), 0) / Math.max(1, found.length);
}

function likenessIn({ reason, covered }: Finding, account: AccountKey, size: number): number {
  const share = Math.min(reason.accounts / size, 1 - 1 / (size + 1));
  return covered.has(account)
    ? Math.min(MOST_FOR, Math.log(Math.max(share, reason.baseRate) / reason.baseRate))
    : Math.max(-MOST_AGAINST, Math.log((1 - share) / (1 - Math.min(share, reason.baseRate))));
}
