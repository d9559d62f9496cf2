import { indexByAccount } from './by-account.ts';
import type { Family, Reason } from './campaign.ts';
import type { Group } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';
import { oncePerGroup } from './once-per-group.ts';

/** Nats from which a family counts: odds of seven to one. */
export const FAMILY_COUNTS = 2;
/** Accounts of one group are not independent of one another: more than these add no evidence. */
const INDEPENDENT_ACCOUNTS = 12;

const NOBODY: ReadonlySet<AccountKey> = new Set();
/** What is told of less than this share of a group is told of a part of it. */
const LEAST_SHARE = 0.1;
/** Families in which an account must be like a group: alike in two is a customer of the same kind. */
export const LIKE_FAMILIES = 3;

/** A hit whose accounts can be asked for; `looked`: how many hits its detection made, the chances that chance had. */
export interface Support {
  hit: Hit;
  accounts: ReadonlySet<AccountKey>;
  looked: number;
}

/** What the supports among a run's hits say, each to be asked for its accounts. */
export function supportsOf(hits: readonly Hit[]): Support[] {
  const looked = new Map<string, number>();
  for (const hit of hits) looked.set(hit.detection, (looked.get(hit.detection) ?? 0) + 1);
  return hits
    .filter((hit) => hit.role === 'supports')
    .map((hit) => ({ hit, accounts: new Set(hit.accounts), looked: looked.get(hit.detection) ?? 1 }));
}

/** What one detection says of a group. */
export interface Finding {
  reason: Reason;
  /** All accounts of its hits, the group's and others'. */
  covered: { has(account: AccountKey): boolean };
  hits: readonly Hit[];
}

/** A population to compare with, and the words for a finding. */
export interface Comparison {
  activeAccounts: number;
  explain: (detection: string, hits: Hit[], covered: number, of: number) => string;
}

/**
 * What each detection says of the `core` accounts of a group, against all others; `suspects` are none of either: what is
 * left of a large pool would make its own marks look usual.
 */
export function findEvidence(
  core: ReadonlySet<AccountKey>,
  group: Group,
  supports: readonly Support[],
  input: Comparison,
  suspects: ReadonlySet<AccountKey> = NOBODY,
): Finding[] {
  const enriched = enrichedOf(core, supports, input.activeAccounts);
  const byDetection = new Map<string, Hit[]>();
  for (const hit of [...group.ties, ...enriched.map((support) => support.hit)]) {
    const same = byDetection.get(hit.detection);
    if (same === undefined) byDetection.set(hit.detection, [hit]);
    else same.push(hit);
  }
  const chances = new Map(enriched.map(({ hit, looked }) => [hit.detection, looked]));
  return [...byDetection].map(([detection, hits]) => {
    const { family, role } = hits[0] as Hit;
    const covered =
      role === 'supports'
        ? unionOf(enriched, detection, supports)
        : tiedBy(group, detection, (hit) => hit.detection === detection);
    const inside = [...core].filter((account) => covered.has(account)).length;
    const suspected = suspects.size === 0 ? 0 : [...suspects].filter((account) => covered.has(account)).length;
    const others = input.activeAccounts - core.size - suspects.size;
    const base = baseRate(covered.size - inside - suspected, others);
    // What put the accounts together is no evidence of itself: it is asked of those that another family ties.
    const asked = role === 'supports' ? [...core] : tiedByOthers(family, group, core);
    const share = asked.length === 0 ? 0 : asked.filter((account) => covered.has(account)).length / asked.length;
    const common = excess(share, base) * Math.min(asked.length, INDEPENDENT_ACCOUNTS);
    // Choosing the best of many is no evidence either: each chosen hit pays for those that were looked at.
    const weight =
      role === 'supports'
        ? common - hits.length * Math.log(chances.get(detection) ?? 1)
        : inside < LEAST_SHARE * core.size
          ? 0
          : hits.reduce((most, hit) => (tiesSome(hit, core) ? Math.max(most, hit.weight) : most), common);
    const text = input.explain(detection, hits, inside, core.size);
    return { reason: { family, detection, text, accounts: inside, baseRate: base, weight }, covered, hits };
  });
}

/** A tie says something of accounts only if it names two of them: what tied those who were left out is no evidence. */
function tiesSome({ accounts }: Hit, core: ReadonlySet<AccountKey>): boolean {
  let named = 0;
  return accounts.some((account) => core.has(account) && (named += 1) === 2);
}

function tiedByOthers(family: Family, group: Group, core: ReadonlySet<AccountKey>): AccountKey[] {
  const others = tiedBy(group, `not ${family}`, (hit) => hit.family !== family);
  return [...core].filter((account) => others.has(account));
}

const tiedSets = oncePerGroup(() => new Map<string, ReadonlySet<AccountKey>>());

/** The accounts that some of a group's ties name; `which` names them. Made once: a group is asked half a dozen times. */
function tiedBy(group: Group, which: string, isAmong: (hit: Hit) => boolean): ReadonlySet<AccountKey> {
  const sets = tiedSets(group);
  const made = sets.get(which) ?? new Set(group.ties.filter(isAmong).flatMap((hit) => hit.accounts));
  sets.set(which, made);
  return made;
}

/** At least three of the group, and a tenth of it, and three times the share that everyone else has. */
function enrichedOf(core: ReadonlySet<AccountKey>, supports: readonly Support[], activeAccounts: number): Support[] {
  const { namedBy, place } = indexOf(supports);
  const inside = new Map<Support, number>();
  for (const account of core) {
    for (const support of namedBy.get(account) ?? []) inside.set(support, (inside.get(support) ?? 0) + 1);
  }
  const found = [...inside.keys()].filter((support) => {
    const count = inside.get(support) ?? 0;
    if (count < 3 || count < LEAST_SHARE * core.size) return false;
    return count / core.size >= 3 * baseRate(support.accounts.size - count, activeAccounts - core.size);
  });
  // In the order of the detections, whichever account was looked at first.
  return found.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

/** The accounts of one detection's supports, without a copy for every group: they may be a good part of everyone. */
function unionOf(enriched: readonly Support[], detection: string, all: readonly Support[]) {
  const { sizes, place } = indexOf(all);
  const own = enriched.filter(({ hit }) => hit.detection === detection);
  const name = own.map((support) => place.get(support)).join();
  const size = own.length === 1 ? (own[0]?.accounts.size ?? 0) : (sizes.get(name) ?? countUnion(own));
  sizes.set(name, size);
  return { size, has: (account: AccountKey) => own.some(({ accounts }) => accounts.has(account)) };
}

const countUnion = (supports: readonly Support[]): number =>
  new Set(supports.flatMap(({ accounts }) => [...accounts])).size;

/** What all groups of a run ask of the same supports. */
interface SupportIndex {
  namedBy: Map<AccountKey, Support[]>;
  place: Map<Support, number>;
  /** Of unions that were counted, by the places of their supports. */
  sizes: Map<string, number>;
}

const indexes = new WeakMap<readonly Support[], SupportIndex>();

/** Made once a run: a group then costs what its own accounts have, and not what everybody has. */
function indexOf(supports: readonly Support[]): SupportIndex {
  const known = indexes.get(supports);
  if (known !== undefined) return known;
  const namedBy = indexByAccount(supports, ({ accounts }) => accounts);
  const place = new Map(supports.map((support, at) => [support, at]));
  const made = { namedBy, place, sizes: new Map<string, number>() };
  indexes.set(supports, made);
  return made;
}

/** A share among everyone else, never zero: nothing is known to be rarer than the sample is large. */
export function baseRate(outside: number, others: number): number {
  return (outside + 1) / (Math.max(others, 0) + 2);
}

/** Kullback–Leibler divergence of a share from its base rate, in nats an account; 0 where the share is not higher. */
export function excess(share: number, base: number): number {
  if (share <= base) return 0;
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - base)) : 0;
  return share * Math.log(share / base) + rest;
}

/** The findings that count, family by family. */
export function findingsByFamily(findings: readonly Finding[]): Finding[][] {
  const families = new Map<Family, Finding[]>();
  for (const finding of findings) {
    if (finding.reason.weight < FAMILY_COUNTS) continue;
    families.set(finding.reason.family, [...(families.get(finding.reason.family) ?? []), finding]);
  }
  return [...families.values()];
}

/**
 * Accounts outside the `core` that are like it in enough families, in what somebody is or does, not in what ties them.
 * Whoever is alike in three of five families is so in one of the smallest three: the others' accounts need not be looked at.
 */
export function alikeIn(findings: readonly Finding[], core: ReadonlySet<AccountKey>): Set<AccountKey> {
  const families = findingsByFamily(findings)
    .map((found) => found.filter(({ hits }) => hits[0]?.role === 'supports'))
    .filter((found) => found.length > 0)
    .toSorted((a, b) => countNamed(a) - countNamed(b));
  const alike = new Set<AccountKey>();
  for (const found of families.slice(0, Math.max(0, families.length - LIKE_FAMILIES + 1))) {
    for (const { accounts } of found.flatMap(({ hits }) => hits)) {
      for (const account of accounts) {
        if (core.has(account) || alike.has(account)) continue;
        const count = families.filter((each) => each.some(({ covered }) => covered.has(account))).length;
        if (count >= LIKE_FAMILIES) alike.add(account);
      }
    }
  }
  return alike;
}

const countNamed = (found: readonly Finding[]): number =>
  found.reduce((sum, { hits }) => hits.reduce((all, { accounts }) => all + accounts.length, sum), 0);
