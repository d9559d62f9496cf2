import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/campaigns/find-evidence.ts';
import { groupHits } from '../../src/campaigns/group-hits.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { judgeMembers, likeness, tiedAccounts, typicalTie } from '../../src/campaigns/judge-members.ts';
import { accounts, tie } from './hits.ts';

const QUEUE = accounts(0, 12);
const templates = (count: number, names = QUEUE): Hit[] =>
  Array.from({ length: count }, (_, index) => tie(names, { weight: 8, trait: `template ${index}` }));

/** The group of these hits, which must be one. */
function groupOf(hits: Hit[]) {
  const groups = groupHits(hits, 10_000);
  expect(groups).toHaveLength(1);
  const [group] = groups;
  if (group === undefined) throw new Error('there is no group');
  return group;
}

describe('tiedAccounts', () => {
  it.each([20, 100, 400])('is not moved by %i bystanders of one phrase', (bystanders) => {
    const phrase = tie([...QUEUE, ...accounts(100, bystanders)], { weight: 9, trait: 'a phrase' });
    const group = groupOf([...templates(7), phrase]);
    expect(typicalTie(group)).toBe(65);
    expect(tiedAccounts(group)).toEqual(new Set(QUEUE));
  });

  it('keeps everyone whom the greater part of the evidence is about', () => {
    const all = accounts(0, 100);
    const group = groupOf([tie(all, { weight: 20, trait: 'the template' }), ...templates(2)]);
    expect(typicalTie(group)).toBe(20);
    expect(tiedAccounts(group)).toEqual(new Set(all));
  });

  it('keeps who has a quarter of the typical strength', () => {
    const edge = (weight: number) =>
      tiedAccounts(groupOf([...templates(2), tie([...QUEUE, 'edge'], { weight, trait: 'more' })])).has('edge');
    // Of 16 and the edge's own.
    expect(edge(5.4)).toBe(true);
    expect(edge(5.3)).toBe(false);
  });
});

/** Of a group of 19, so that one more is a twentieth. */
const SIZE = 19;
const found = (change: Partial<Finding['reason']>, named: readonly string[] = QUEUE): Finding => ({
  reason: { family: 'timing', detection: 'no-night', text: '', accounts: 10, baseRate: 0.1, weight: 9, ...change },
  covered: new Set(named),
  hits: [],
});

describe('likeness', () => {
  it.each([
    ['has what ten of nineteen have and one in ten others', { accounts: 10 }, '0', Math.log(10 / 19 / 0.1)],
    ['lacks it', { accounts: 10 }, 'x', Math.log((1 - 10 / 19) / 0.9)],
    ['has what all have, never quite all', { accounts: 19 }, '0', Math.log(0.95 / 0.1)],
    ['lacks what all have', { accounts: 19 }, 'x', Math.log(0.05 / 0.9)],
    ['has what is far rarer elsewhere, four nats at most', { accounts: 19, baseRate: 1e-6 }, '0', 4],
    ['lacks what hundreds have, three nats at most', { accounts: 19, baseRate: 0.01 }, 'x', Math.log(0.05 / 0.99)],
    ['has what others have more of', { accounts: 1, baseRate: 0.5 }, '0', 0],
    ['lacks what others have more of', { accounts: 1, baseRate: 0.5 }, 'x', 0],
  ])('of one who %s', (_what, change, account, nats) => {
    expect(likeness([found(change)], account, SIZE)).toBeCloseTo(nats, 12);
  });

  it('is three nats against at most', () => {
    expect(likeness([found({ accounts: 1_000, baseRate: 0.01 })], 'x', 1_000)).toBe(-3);
  });

  it('is the mean of a family’s findings, and nothing without any', () => {
    const one = found({ accounts: 19 });
    expect(likeness([one, found({ accounts: 19 }, ['y'])], '0', SIZE)).toBeCloseTo(
      (Math.log(9.5) + Math.log(0.05 / 0.9)) / 2,
      12,
    );
    expect(likeness([], '0', SIZE)).toBe(0);
  });
});

describe('judgeMembers', () => {
  const strengthOf = (hits: Hit[], account: string, findings: readonly Finding[] = []) =>
    judgeMembers(groupOf(hits), findings).find((member) => member.account === account)?.strength;

  it('takes a tie for its evidence less a doubt, up to a cap', () => {
    expect(strengthOf([tie(QUEUE, { weight: 9 })], '0')).toBe(5);
    expect(strengthOf([tie(QUEUE, { weight: 11 })], '0')).toBe(6);
    expect(strengthOf([tie(QUEUE, { weight: 2 }), tie(QUEUE, { weight: 9, trait: 'b' })], '0')).toBe(5);
  });

  it('takes from a tie what many others show as well', () => {
    const shown = found({ family: 'content', detection: 'shared-template', baseRate: 0.1, accounts: 12 });
    expect(strengthOf([tie(QUEUE, { weight: 20 })], '0', [shown])).toBeCloseTo(Math.log(10), 12);
  });

  it('asks of who belongs most of the templates that half of it has', () => {
    // Three of four templates name all twelve, and the fourth a stranger as well.
    const hits = [
      ...templates(3).map((hit) => ({ ...hit, weight: 20 })),
      tie([...QUEUE, 'met'], { weight: 30, trait: 'd' }),
    ];
    // Of thirteen that are tied and one more, twelve are six in seven.
    const missed = Math.log(1 - 12 / 14);
    expect(strengthOf(hits, 'met')).toBeCloseTo((3 * missed + 6) / 4, 12);
    expect(strengthOf(hits, '0')).toBe(6);
  });

  it('asks for a template that half of it has, and for none that fewer have', () => {
    const beside = (names: readonly string[]) =>
      strengthOf([tie(QUEUE, { weight: 20 }), tie(names, { weight: 10, trait: 'more' })], '11');
    // Seven of the thirteen that are tied and one more; then seven of fourteen and one more.
    expect(beside([...QUEUE.slice(0, 6), 'x'])).toBeCloseTo((6 + Math.log(0.5)) / 2, 12);
    expect(beside([...QUEUE.slice(0, 5), 'x', 'y'])).toBe(6);
  });
});
