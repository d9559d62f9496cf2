import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excess } from '../../src/campaigns/find-evidence.ts';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { sureMembers } from '../../src/campaigns/judge-members.ts';
import { likeable } from '../../src/campaigns/recruit-members.ts';
import { type AccountFacts, createScorer, type ScoredGroup } from '../../src/campaigns/score-group.ts';
import { accounts, support, tie } from './hits.ts';

const EVERYONE = 1_000;

interface Setting {
  facts?: Record<string, Partial<AccountFacts>>;
  activeAccounts?: number;
}

/** Scores the first group that these hits make. */
function score(hits: readonly Hit[], { facts = {}, activeAccounts = EVERYONE }: Setting = {}) {
  const all = new Set(hits.flatMap((hit) => hit.accounts));
  const known = [...all].map((key): [string, AccountFacts] => [
    key,
    { accountId: `acct_${key}`, organizationId: null, program: null, ...facts[key] },
  ]);
  const explain = (detection: string, own: Hit[], covered: number, of: number) =>
    `${detection}: ${own.length} hits, ${covered} of ${of}`;
  const [group] = groupHits(hits, 1000);
  if (group === undefined) throw new Error('these hits make no group');
  return createScorer({ hits, activeAccounts, facts: new Map(known), explain })(group);
}

function scored(hits: readonly Hit[], setting: Setting = {}): ScoredGroup {
  const result = score(hits, setting);
  if ('benign' in result) throw new Error(`explained as ${result.benign}`);
  return result;
}

const POOL = accounts(0, 20);
const card = (names: readonly string[], weight = Math.log(8)) =>
  tie(names, { detection: 'shared-payment', family: 'payment', trait: `card of ${names[0]}`, weight });
/** Cards for eight accounts each, as campaigns have them. */
const CARDS = [card(POOL.slice(0, 8)), card(POOL.slice(8, 16)), card(POOL.slice(12, 20))];
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

describe('who is recruited', () => {
  // Two cards, each with accounts that are alike in four families; one is too weak a tie to join them.
  const [one, other] = [accounts(200, 8), accounts(300, 8)];
  const both = [...one, ...other];
  const alike = (named: readonly string[]) => [
    support(named, { family: 'timing', detection: 'no-night' }),
    support(named, { family: 'behaviour', detection: 'output-heavy' }),
    support(named, { family: 'identity', detection: 'signup-cohort' }),
    support(named, { family: 'client', detection: 'shared-client' }),
  ];
  const sure = (group: ScoredGroup) => [...sureMembers(group.members)].toSorted();

  it('accounts that are like a sure group in something rare', () => {
    const group = scored([card(one), ...alike(both)]);
    expect(group.confidence).toBeGreaterThan(0.9);
    expect(sure(group)).toEqual(both.toSorted());
  });

  it('nobody who behaves alike, and comes with nothing that the group comes with', () => {
    const [night, output, cohort, client] = alike(both);
    const own = { ...client, accounts: one } as Hit;
    expect(sure(scored([card(one), night as Hit, output as Hit, cohort as Hit, own]))).toEqual(one.toSorted());
  });

  it('who shares a card with most of it, though less alike', () => {
    const mate = '399';
    const hits = [card(one), card([...other, mate]), ...alike(both)];
    const like = (hit: Hit): Hit =>
      hit.role === 'supports' && hit.family !== 'client' ? { ...hit, accounts: [...hit.accounts, mate] } : hit;
    expect(sure(scored(hits.map(like)))).toContain(mate);
    expect(sure(scored(hits.filter((hit) => !hit.accounts.includes(mate)).map(like)))).not.toContain(mate);
  });

  it('whose facts must be at hand: who is named by three families', () => {
    const hits = alike(both).map((hit, at) => ({
      ...hit,
      accounts: at < 3 ? [...hit.accounts, '1', '2'] : ['2', '3'],
    }));
    expect(likeable(hits).toSorted()).toEqual([...both, '1', '2'].toSorted());
    expect(likeable([...hits.slice(0, 2), tie(both)])).toEqual([]);
  });

  it('nobody who is dealt a template that the group knows nothing of', () => {
    const foreign = tie(other, { trait: 'of another queue' });
    expect(sure(scored([card(one), ...alike(both), foreign]))).toEqual(one.toSorted());
    // One that three of the group use, too, is no other queue's.
    const common = tie([...other, ...one.slice(0, 3)], { trait: 'common', weight: 0 });
    expect(sure(scored([card(one), ...alike(both), common]))).toEqual(both.toSorted());
  });

  it('nobody under a contract, though like a sure group', () => {
    const [contracted = ''] = other;
    const group = scored([card(one), ...alike(both)], { facts: { [contracted]: { program: 'enterprise' } } });
    expect(group.members.find(({ account }) => account === contracted)?.standing).toBe('review');
  });

  it('none by a group that is not sure itself', () => {
    const [night] = alike(both);
    expect(sure(scored([tie(one, { weight: 8 }), night as Hit]))).toEqual(one.toSorted());
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
