import type { Family, Reason } from './campaign.ts';
import type { Group } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';

/** Accounts of one group are not independent of one another: more than these add no evidence. */
const INDEPENDENT_ACCOUNTS = 12;

/** A hit whose accounts can be asked for; `looked`: how many hits its detection made, the chances that chance had. */
export interface Support {
  hit: Hit;
  accounts: ReadonlySet<AccountKey>;
  looked: number;
}

/** What one detection says of a group. */
export interface Finding {
  reason: Reason;
  /** All accounts of its hits, the group's and others'. */
  covered: ReadonlySet<AccountKey>;
}

/** A population to compare with, and the words for a finding. */
export interface Comparison {
  activeAccounts: number;
  explain: (detection: string, hits: Hit[], covered: number, of: number) => string;
}

/** What each detection says of the `core` accounts of a group, against all others. */
export function findEvidence(
  core: ReadonlySet<AccountKey>,
  group: Group,
  supports: readonly Support[],
  input: Comparison,
): Finding[] {
  const enriched = supports.filter((support) => isEnriched(support, core, input.activeAccounts));
  const byDetection = new Map<string, Hit[]>();
  for (const hit of [...group.ties, ...enriched.map((support) => support.hit)]) {
    const same = byDetection.get(hit.detection);
    if (same === undefined) byDetection.set(hit.detection, [hit]);
    else same.push(hit);
  }
  const chances = new Map(enriched.map(({ hit, looked }) => [hit.detection, looked]));
  return [...byDetection].map(([detection, hits]) => {
    const { family, role } = hits[0] as Hit;
    const covered = new Set(hits.flatMap((hit) => hit.accounts));
    const inside = [...core].filter((account) => covered.has(account)).length;
    const base = baseRate(covered.size - inside, input.activeAccounts - core.size);
    // What put the accounts together is no evidence of itself: it is asked of those that another family ties.
    const asked = role === 'supports' ? core : tiedByOthers(family, group, core);
    const share = asked.size === 0 ? 0 : [...asked].filter((account) => covered.has(account)).length / asked.size;
    const common = excess(share, base) * Math.min(asked.size, INDEPENDENT_ACCOUNTS);
    // Choosing the best of many is no evidence either: each chosen hit pays for those that were looked at.
    const weight =
      role === 'supports'
        ? common - hits.length * Math.log(chances.get(detection) ?? 1)
        : Math.max(common, ...hits.map((hit) => hit.weight));
    const text = input.explain(detection, hits, inside, core.size);
    return { reason: { family, detection, text, accounts: inside, baseRate: base, weight }, covered };
  });
}

function tiedByOthers(family: Family, group: Group, core: ReadonlySet<AccountKey>): Set<AccountKey> {
  const others = group.ties.filter((hit) => hit.family !== family);
  return new Set(others.flatMap((hit) => hit.accounts).filter((account) => core.has(account)));
}

/** At least three of the group, and a tenth of it, and three times the share that everyone else has. */
function isEnriched({ accounts }: Support, core: ReadonlySet<AccountKey>, activeAccounts: number): boolean {
  const inside = [...core].filter((account) => accounts.has(account)).length;
  const outside = baseRate(accounts.size - inside, activeAccounts - core.size);
  return inside >= 3 && inside >= core.size / 10 && inside / core.size >= 3 * outside;
}

/** A share among everyone else, never zero: nothing is known to be rarer than the sample is large. */
function baseRate(outside: number, others: number): number {
  return (outside + 1) / (Math.max(others, 0) + 2);
}

/** Kullback–Leibler divergence of a share from its base rate, in nats an account; 0 where the share is not higher. */
export function excess(share: number, base: number): number {
  if (share <= base) return 0;
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - base)) : 0;
  return share * Math.log(share / base) + rest;
}
