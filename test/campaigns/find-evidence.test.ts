import { describe, expect, it } from 'vitest';
import {
  alikeIn,
  excess,
  type Finding,
  findEvidence,
  findingsByFamily,
  type Support,
} from '../../src/campaigns/find-evidence.ts';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { AccountKey } from '../../src/campaigns/hit.ts';
import { accounts, support, tie } from './hits.ts';

/** Tells how often all of it was gone through. */
class CountedSet extends Set<AccountKey> {
  passes = 0;
  override [Symbol.iterator]() {
    this.passes += 1;
    return super[Symbol.iterator]();
  }
}

const explain = () => '';

describe('findEvidence', () => {
  it('goes through what everybody has once, however many groups ask', () => {
    const GROUPS = 200;
    const ties = Array.from({ length: GROUPS }, (_, at) => tie(accounts(at * 10, 10)));
    const wide = [accounts(0, 1500), accounts(500, 1500)].map((names) => new CountedSet(names));
    const supports = wide.map((set): Support => ({ hit: support([...set]), accounts: set, looked: 2 }));
    for (const set of wide) set.passes = 0;
    const groups = groupHits(ties, 20_000);
    expect(groups).toHaveLength(GROUPS);
    for (const group of groups) {
      const core = new Set(group.accounts.keys());
      const findings = findEvidence(core, group, supports, { activeAccounts: 20_000, explain });
      expect(findings.map(({ reason }) => [reason.detection, reason.accounts])).toContainEqual(['no-night', 10]);
    }
    // Once for the index, once where the size of both together was counted.
    for (const set of wide) expect(set.passes).toBeLessThanOrEqual(2);
  });

  it('counts an account once that two hits of a detection name, and bears a group of very many hits', () => {
    const names = accounts(0, 20);
    const ties = Array.from({ length: 150_000 }, (_, at) => tie(names, { trait: String(at) }));
    const [first, second] = [names.slice(0, 15), names.slice(5, 20)];
    const supports = [first, second].map(
      (some, at): Support => ({ hit: support(some, { trait: String(at) }), accounts: new Set(some), looked: 1 }),
    );
    const group = { ties, accounts: new Map(names.map((name) => [name, 1])) };
    const findings = findEvidence(new Set(names), group, supports, { activeAccounts: 1_000, explain });
    const timing = findings.find(({ reason }) => reason.detection === 'no-night');
    expect(timing?.reason).toMatchObject({ accounts: 20, baseRate: 1 / 982 });
    expect(names.every((name) => timing?.covered.has(name))).toBe(true);
    expect(timing?.covered.has('999')).toBe(false);
  });
});

describe('the base rate', () => {
  const names = accounts(0, 20);
  const group = { ties: [tie(names)], accounts: new Map(names.map((name) => [name, 1])) };
  const output = support([...names, ...accounts(100, 29)], { family: 'behaviour', detection: 'output-heavy' });
  const supports: Support[] = [{ hit: output, accounts: new Set(output.accounts), looked: 1 }];
  const told = (suspects?: ReadonlySet<AccountKey>) =>
    findEvidence(new Set(names), group, supports, { activeAccounts: 500, explain }, suspects).find(
      ({ reason }) => reason.detection === 'output-heavy',
    )?.reason;

  it('is that of those who are neither of the group nor suspected', () => {
    expect(told()).toMatchObject({ accounts: 20, baseRate: 30 / 482 });
    // Nine of the ten that are suspected show it: they count neither among those who do, nor among all others.
    expect(told(new Set([...accounts(100, 9), '7000']))).toMatchObject({ accounts: 20, baseRate: 21 / 472 });
  });

  it('weighs by its excess over twelve accounts at most', () => {
    expect(told()?.weight).toBeCloseTo(12 * excess(1, 30 / 482), 9);
  });
});

describe('a tie', () => {
  it('is asked of those of the group alone that another family ties', () => {
    const core = new Set(accounts(0, 10));
    // The card ties five of the group and five strangers; of these ten nine have the template.
    const card = tie([...accounts(5, 5), ...accounts(50, 5)], { family: 'payment', detection: 'shared-payment' });
    const template = tie([...accounts(0, 9), ...accounts(50, 5)], { weight: 1 });
    const group = { ties: [card, template], accounts: new Map([...core].map((name) => [name, 1])) };
    const found = findEvidence(core, group, [], { activeAccounts: 1_000, explain });
    const reason = found.find(({ reason: each }) => each.family === 'content')?.reason;
    expect(reason).toMatchObject({ accounts: 9, baseRate: 6 / 992 });
    expect(reason?.weight).toBeCloseTo(5 * excess(4 / 5, 6 / 992), 9);
  });
});

describe('a tie that names hardly any of the group', () => {
  const core = new Set(accounts(0, 10));
  const network = (names: readonly string[]) =>
    tie(names, { family: 'network', detection: 'shared-network', weight: 3 });
  const weightWith = (names: readonly string[]) => {
    const group = { ties: [network(names)], accounts: new Map([...core].map((name) => [name, 1])) };
    return findEvidence(core, group, [], { activeAccounts: 1_000, explain })[0]?.reason.weight;
  };

  it('says nothing of it, whatever it says of those who were left out', () => {
    expect(weightWith(accounts(50, 8))).toBe(0);
    expect(weightWith([...accounts(50, 8), '9'])).toBe(0);
    expect(weightWith([...accounts(50, 8), '3', '9'])).toBe(3);
  });
});

describe('excess', () => {
  it.each([
    [0.5, 0.1, 0.5 * Math.log(5) + 0.5 * Math.log(5 / 9)],
    [1, 0.1, Math.log(10)],
    [0.1, 0.1, 0],
    [0.05, 0.1, 0],
  ])('of %f over %f is %f nats', (share, base, nats) => {
    expect(excess(share, base)).toBeCloseTo(nats, 12);
  });
});

describe('families that count', () => {
  const finding = (family: Finding['reason']['family'], weight: number, named: readonly string[]): Finding => {
    const hit = support(named, { family, detection: `d-${family}` });
    const reason = { family, detection: hit.detection, text: '', accounts: named.length, baseRate: 0.1, weight };
    return { reason, covered: new Set(named), hits: [hit] };
  };

  it('are those of two nats and more', () => {
    const found = [finding('timing', 2, []), finding('client', 1.9, []), finding('timing', 3, [])];
    expect(findingsByFamily(found).map((each) => each.map(({ reason }) => reason.weight))).toEqual([[2, 3]]);
  });

  it('make who is outside like a group from three on, by what supports alone', () => {
    const three = (['timing', 'client', 'behaviour'] as const).map((family) => finding(family, 3, ['1', 'in']));
    const tying = { ...finding('payment', 3, []), hits: [tie(['2', '1'])] };
    const two = (['network', 'identity'] as const).map((family) => finding(family, 3, ['2']));
    expect(alikeIn([...three, tying, ...two], new Set(['in']))).toEqual(new Set(['1']));
  });
});
