import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excess } from '../../src/campaigns/find-evidence.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import type { AccountFacts, ScoredGroup } from '../../src/campaigns/score-group.ts';
import { accounts, support, tie } from './hits.ts';
import { card, CARDS, POOL, score, scored } from './scoring.ts';

const weightOf = (group: ScoredGroup, detection: string): number | undefined =>
  group.reasons.find((reason) => reason.detection === detection)?.weight;

describe('who is spared', () => {
  const plain = tie(POOL, { family: 'content', detection: 'shared-template', weight: 20, evidence: { elicits: 0 } });
  const asking = { ...plain, evidence: { elicits: 1 } };
  const drawn = support(POOL, { family: 'behaviour', detection: 'output-heavy' });

  it('templates that ask for nothing speak only beside drawn output', () => {
    expect(scored([plain, ...CARDS])).toMatchObject({ kind: 'resale', families: ['payment'] });
    expect(scored([asking, ...CARDS])).toMatchObject({ kind: 'extraction' });
    expect(scored([plain, ...CARDS, drawn]).families).toContain('content');
  });

  it.each(['enterprise', 'reseller'])('accounts under a contract are left to a person: %s', (program) => {
    const [contracted = ''] = POOL;
    const group = scored([asking, ...CARDS], { facts: { [contracted]: { program } } });
    const review = group.members.filter((member) => member.standing === 'review').map((member) => member.account);
    expect(review).toEqual([contracted]);
  });

  it('accounts of a programme that is granted on a claim need far more against them', () => {
    const [claiming = ''] = POOL;
    const facts = { facts: { [claiming]: { program: 'research' } } };
    const standing = (group: ScoredGroup) => group.members.find(({ account }) => account === claiming)?.standing;
    const weak = { ...asking, weight: 7.5 };
    expect(standing(scored([weak, ...CARDS.slice(1), drawn]))).toBe('member');
    expect(standing(scored([weak, ...CARDS.slice(1), drawn], facts))).toBe('review');
    expect(standing(scored([asking, ...CARDS, drawn], facts))).toBe('member');
  });
});

describe('what explains a group', () => {
  const facts = (count: number, fact: Partial<AccountFacts>) =>
    Object.fromEntries(POOL.slice(0, count).map((key) => [key, fact]));

  it('fewer than five accounts are no group', () => {
    expect(score([tie(accounts(0, 4))])).toEqual({ benign: 'too_small' });
    expect(scored([tie(accounts(0, 5))]).members).toHaveLength(5);
  });

  it('one organisation that has more than half of it', () => {
    expect(score([tie(POOL)], { facts: facts(11, { organizationId: 'org' }) })).toEqual({ benign: 'one_organization' });
    expect(scored([tie(POOL)], { facts: facts(10, { organizationId: 'org' }) }).members).toHaveLength(20);
  });

  it('a contract or programme of more than half, whoever holds it', () => {
    expect(score([tie(POOL)], { facts: facts(11, { program: 'reseller' }) })).toEqual({ benign: 'contract' });
    expect(scored([tie(POOL)], { facts: facts(10, { program: 'education' }) }).members).toHaveLength(20);
    expect(scored([tie(POOL)], { facts: facts(20, { program: 'none' }) }).members).toHaveLength(20);
  });
});

describe('families', () => {
  it('none convicts alone, however strong', () => {
    const alone = scored([tie(POOL, { weight: 1e6 })]);
    expect(alone.families).toEqual(['content']);
    expect(alone.confidence).toBeLessThan(0.5);
  });

  it('two hard ones together do', () => {
    const both = scored([tie(POOL, { weight: 1e6 }), ...CARDS]);
    expect(both.families.toSorted()).toEqual(['content', 'payment']);
    expect(both.confidence).toBeGreaterThan(0.9);
    expect(both.kind).toBe('extraction');
  });

  it('of one family only its strongest detection counts', () => {
    const network = (trait: string) => tie(POOL, { detection: trait, family: 'network', trait, weight: 1e6 });
    const one = scored([network('a')]);
    const three = scored([network('a'), network('b'), network('c')]);
    expect(three.confidence).toBe(one.confidence);
  });

  it('what sold accounts share without content is resale; drawing output without pause is not', () => {
    const night = support(POOL);
    const output = support(POOL, { detection: 'output-heavy', family: 'behaviour', trait: 'output-heavy' });
    const network = tie(POOL, { detection: 'shared-network', family: 'network', trait: 'n' });
    expect(scored([network, ...CARDS, night]).kind).toBe('resale');
    expect(scored([network, ...CARDS, night, output]).kind).toBe('extraction');
  });
});

describe('what is told of a group', () => {
  // A card for each five: it ties, and weighs less than two nats.
  const light = (weight: number) => [tie(POOL, { weight: 1e6 }), tie(POOL, { ...card(POOL, weight), trait: 'light' })];

  it('are the families of two nats and more, and their findings', () => {
    // Every twentieth of the others has the card as well: what it says beyond its own weight is nothing.
    const shared = support([...POOL.slice(0, 3), ...accounts(500, 45)], { family: 'timing', detection: 'no-night' });
    const group = scored([...light(1), ...CARDS, shared]);
    const timing = group.reasons.find(({ family }) => family === 'timing');
    expect([timing, group.families.includes('timing')]).toEqual([undefined, false]);
    expect(group.members.flatMap(({ detections }) => detections)).not.toContain('no-night');
  });

  it('is what was looked at and does not hold', () => {
    expect(scored([tie(POOL)]).ruledOut).toEqual(['one organisation', 'a contract or programme']);
  });

  it.each([
    [10, 'extraction'],
    [9, 'resale'],
  ])('is extraction where %i of twenty are asked to reason: %s', (asked, kind) => {
    const plain = tie(POOL, { weight: 20, evidence: { elicits: 0 } });
    // Strangers who are asked as well do not make the group any more of an extraction.
    const asking = tie([...POOL.slice(0, asked), ...accounts(700, 3)], { weight: 20, trait: 'asking' });
    const members = scored([plain, asking, ...CARDS]).members.filter(({ standing }) => standing === 'member');
    expect(members).toHaveLength(20);
    expect(scored([plain, asking, ...CARDS]).kind).toBe(kind);
  });
});

describe('a tie', () => {
  it('is no evidence of itself: without another family only its own weight counts', () => {
    expect(weightOf(scored([tie(POOL, { weight: 8 })]), 'shared-template')).toBe(8);
  });

  it('that is weak makes nobody sure to belong who does not look like the others', () => {
    const weak = tie([...POOL, ...accounts(900, 10)], { weight: 5 });
    expect(score([weak])).toEqual({ benign: 'too_small' });
    const night = support(POOL);
    const sure = scored([weak, ...CARDS, night]).members.filter((member) => member.standing === 'member');
    expect(sure.map((member) => member.account).toSorted()).toEqual(POOL.toSorted());
  });

  it('counts for those whom it names as it would without its bystanders', () => {
    const night = support([...POOL, ...accounts(500, 200)]);
    const strengthWith = (bystanders: number) => {
      const weak = tie([...POOL, ...accounts(900, bystanders)], { weight: 5 });
      return scored([weak, ...CARDS, night]).members.find(({ account }) => account === '0')?.strength ?? 0;
    };
    expect(strengthWith(10)).toBeCloseTo(strengthWith(0), 9);
  });

  it('is asked of the accounts that other families tie', () => {
    const group = scored([tie(POOL, { weight: 3 }), ...CARDS]);
    // All twelve independent ones of those with a card have it, and one in a thousand others at most.
    expect(weightOf(group, 'shared-template')).toBeCloseTo(12 * Math.log(982), 6);
  });

  it('covers, in words and numbers, those of the group that it names', () => {
    const group = scored([tie(POOL), card(POOL.slice(0, 8))]);
    expect(group.reasons.find((reason) => reason.family === 'payment')).toMatchObject({
      accounts: 8,
      text: 'shared-payment: 1 hits, 8 of 20',
      baseRate: 1 / 982,
    });
  });

  it('leaves accounts that are weakly tied to a person', () => {
    const heart = accounts(0, 10);
    const group = scored([tie(heart, { weight: 10 }), tie([...heart, 'edge'], { weight: 2, trait: 'wide' })]);
    expect(group.members.filter((member) => member.standing === 'review').map((member) => member.account)).toEqual([
      'edge',
    ]);
    expect(group.typicalTie).toBe(12);
  });
});

describe('a support', () => {
  const others = accounts(500, 600);

  it('counts as far as the group has more of it than everyone else', () => {
    const rare = weightOf(scored([tie(POOL), support([...POOL, ...others.slice(0, 9)])]), 'no-night');
    const common = weightOf(scored([tie(POOL), support([...POOL, ...others.slice(0, 300)])]), 'no-night');
    expect(rare).toBeCloseTo(12 * Math.log(982 / 10), 6);
    expect(common).toBeLessThan(rare ?? 0);
  });

  it('of a third of everyone says nothing', () => {
    const group = scored([tie(POOL), support([...POOL, ...others.slice(0, 330)])]);
    expect(group.reasons.map((reason) => reason.detection)).toEqual(['shared-template']);
  });

  it('of two accounts, or of less than a tenth, says nothing', () => {
    const told = (count: number, of: number) =>
      scored([tie(accounts(0, of)), support(accounts(0, count))]).reasons.map((reason) => reason.detection);
    expect(told(2, 6)).not.toContain('no-night');
    expect(told(3, 6)).toContain('no-night');
    expect(told(3, 31)).not.toContain('no-night');
  });

  it('pays for the many that it was chosen from', () => {
    const client = (names: readonly string[], trait: string) =>
      support(names, { detection: 'shared-client', family: 'client', trait });
    const half = client(POOL.slice(0, 10), 'theirs');
    const strangers = Array.from({ length: 49 }, (_, index) => client(accounts(500 + index * 4, 4), `c${index}`));
    const alone = weightOf(scored([tie(POOL), half]), 'shared-client') ?? 0;
    const chosen = weightOf(scored([tie(POOL), half, ...strangers]), 'shared-client') ?? 0;
    expect(chosen).toBeCloseTo(alone - Math.log(50), 6);
  });

  it('names itself on the accounts that it covers alone', () => {
    const group = scored([tie(POOL), support(POOL.slice(0, 15))]);
    const detections = Object.fromEntries(group.members.map((member) => [member.account, member.detections]));
    expect(detections['0']).toEqual(['shared-template', 'no-night']);
    expect(detections['19']).toEqual(['shared-template']);
  });
});

describe('who met a group by chance', () => {
  const stray = '99';
  const withStray = (hit: Hit): Hit => ({ ...hit, accounts: [...hit.accounts, stray] });
  const templates = accounts(0, 4).map((name) => tie(POOL, { trait: `template ${name}`, weight: 20 }));
  // As a fifth of everyone is.
  const many = [...POOL, ...accounts(500, 200), stray];
  const alike = [
    support(many, { family: 'identity', detection: 'signup-cohort' }),
    support(many, { family: 'behaviour', detection: 'output-heavy' }),
  ];
  const standing = (hits: readonly Hit[]) => scored(hits).members.find(({ account }) => account === stray)?.standing;
  const metIn = (count: number) => templates.map((hit, at) => (at < count ? withStray(hit) : hit));

  it.each([
    [1, 'review'],
    [2, 'member'],
    [4, 'member'],
  ])('who bears %i of its four templates, and is like it otherwise: %s', (count, expected) => {
    expect(standing([...metIn(count), ...alike])).toBe(expected);
  });

  it('one card of several is enough: no account has two', () => {
    const cards = [card(POOL.slice(0, 10)), card([...POOL.slice(10, 20), stray])];
    expect(standing([...templates, ...cards, ...alike])).toBe('member');
  });

  it('what else the group has of the family of the tie speaks against who lacks it', () => {
    const replays = support(POOL, { family: 'content', detection: 'replayed-reasoning' });
    const strengthOf = (hits: readonly Hit[]) =>
      scored(hits).members.find(({ account }) => account === stray)?.strength;
    const without = strengthOf([...metIn(4), ...alike]) ?? 0;
    expect(strengthOf([...metIn(4), ...alike, replays])).toBeLessThan(without);
    // A tie is not made stronger by more of the same family.
    expect(strengthOf([...metIn(4), ...alike, withStray(replays)])).toBeCloseTo(without);
  });
});

describe('numbers', () => {
  it('what everybody has ties nobody, and numbers stay finite', () => {
    expect(score([tie(POOL), support(POOL), ...CARDS], { activeAccounts: 20 })).toEqual({ benign: 'too_small' });
    // The population was counted over fewer days than the hits.
    const short = scored([tie(POOL), support([...POOL, ...accounts(100, 50)])], { activeAccounts: 45 });
    expect(short.reasons.every((reason) => Number.isFinite(reason.weight))).toBe(true);
    expect(short.confidence).toBeGreaterThanOrEqual(0);
  });

  it('excess is zero at or below the base rate, and grows with the share', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const base = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    fc.assert(
      fc.property(share, share, base, (a, b, rate) => {
        const [low, high] = [excess(Math.min(a, b), rate), excess(Math.max(a, b), rate)];
        expect(low).toBeGreaterThanOrEqual(-1e-12);
        expect(high).toBeGreaterThanOrEqual(low - 1e-12);
        expect(excess(Math.min(a, rate), rate)).toBe(0);
      }),
    );
  });
});
