import { describe, expect, it } from 'vitest';
import { findEvidence, type Support } from '../../src/campaigns/find-evidence.ts';
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
