import { describe, expect, it } from 'vitest';
import { sureMembers } from '../../src/campaigns/judge-members.ts';
import { PRIOR } from '../../src/campaigns/score-group.ts';
import { accounts, support, tie } from './hits.ts';
import { CARDS, POOL, scored } from './scoring.ts';

describe('what is told of a part of a group', () => {
  it('is no family of it: a network of less than a tenth', () => {
    const many = accounts(0, 50);
    const network = (count: number) =>
      tie(many.slice(0, count), { detection: 'shared-network', family: 'network', trait: 'network', weight: 5 });
    const familiesWith = (count: number) => scored([tie(many, { weight: 20 }), network(count)]).families;
    expect(familiesWith(4)).not.toContain('network');
    expect(familiesWith(5)).toContain('network');
  });

  it('is no more than among all whom the ties name: who belongs is chosen for it', () => {
    const awake = accounts(0, 40);
    const hits = (tied: number) => [
      tie(accounts(0, tied), { weight: 5.5 }),
      support([...awake, ...accounts(500, 50)]),
      support([...awake.slice(0, 12), ...accounts(600, 40)], { family: 'behaviour', detection: 'output-heavy' }),
    ];
    const phrase = scored(hits(100));
    expect([...sureMembers(phrase.members)].toSorted()).toEqual(awake.toSorted());
    expect(phrase.families).toContain('timing');
    expect(phrase.families).not.toContain('behaviour');
    expect(scored(hits(45)).families).toEqual(expect.arrayContaining(['timing', 'behaviour']));
  });
});

describe('what a group is before any evidence', () => {
  const among = (activeAccounts: number) => scored([tie(POOL, { weight: 20 }), ...CARDS], { activeAccounts });

  it('is as likely in any world of the size that it was measured in, and less likely among more accounts', () => {
    expect([200, 1_500].map((size) => among(size).prior)).toEqual([PRIOR, PRIOR]);
    expect(among(15_000).prior).toBeCloseTo(PRIOR - Math.log(10));
    expect(among(15_000).confidence).toBeLessThan(among(1_500).confidence);
  });
});
