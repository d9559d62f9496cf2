import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Found, type Known, matchCampaigns } from '../../src/campaigns/match-campaigns.ts';
import { accounts } from './hits.ts';

const found = (set: ReadonlySet<string>): Found => ({ accounts: set, typicalTie: 100, confidence: 0.99 });
const campaign = (number: number, set: ReadonlySet<string>): Known => ({
  number,
  accounts: set,
  bestTie: 100,
  confidence: 0.99,
});
const group = (first: number, count: number) => found(new Set(accounts(first, count)));
const known = (number: number, first: number, count: number) => campaign(number, new Set(accounts(first, count)));

it('a group of strangers is new', () => {
  expect(matchCampaigns([group(0, 10)], [known(1, 100, 10)])).toEqual([{ group: 0, absorbed: [], weak: false }]);
  expect(matchCampaigns([group(0, 10)], [])).toEqual([{ group: 0, absorbed: [], weak: false }]);
});

it('a campaign keeps its number as it grows and as it sheds', () => {
  expect(matchCampaigns([group(0, 500)], [known(3, 0, 10)])).toEqual([
    { group: 0, campaign: 3, absorbed: [], weak: false },
  ]);
  expect(matchCampaigns([group(0, 10)], [known(3, 0, 500)])).toEqual([
    { group: 0, campaign: 3, absorbed: [], weak: false },
  ]);
});

it('less than three in ten of the smaller of the two is no continuation', () => {
  expect(matchCampaigns([group(7, 10)], [known(3, 0, 10)])).toEqual([
    { group: 0, campaign: 3, absorbed: [], weak: false },
  ]);
  expect(matchCampaigns([group(8, 10)], [known(3, 0, 10)])).toEqual([{ group: 0, absorbed: [], weak: false }]);
});

it('merges campaigns that one group has swallowed into the one it overlaps most', () => {
  const matches = matchCampaigns([group(0, 100)], [known(1, 0, 20), known(2, 20, 70), known(5, 90, 10)]);
  expect(matches).toEqual([{ group: 0, campaign: 2, absorbed: [1, 5], weak: false }]);
});

it('the older campaign goes on where two are swallowed by halves', () => {
  expect(matchCampaigns([group(0, 40)], [known(9, 0, 20), known(4, 20, 20)])).toEqual([
    { group: 0, campaign: 4, absorbed: [9], weak: false },
  ]);
});

it('does not swallow a campaign of which most lies elsewhere', () => {
  expect(matchCampaigns([group(0, 40)], [known(1, 0, 30), known(2, 35, 20)])).toEqual([
    { group: 0, campaign: 1, absorbed: [], weak: false },
  ]);
});

it('leaves the number with the larger part of a split', () => {
  expect(matchCampaigns([group(0, 40), group(40, 60)], [known(1, 0, 100)])).toEqual([
    { group: 0, absorbed: [], weak: false },
    { group: 1, campaign: 1, absorbed: [], weak: false },
  ]);
});

it('tells three campaigns at once apart', () => {
  const campaigns = [known(1, 0, 30), known(2, 100, 30), known(3, 200, 30)];
  const matches = matchCampaigns([group(195, 30), group(5, 30), group(102, 40), group(900, 9)], campaigns);
  expect(matches.map((match) => match.campaign)).toEqual([3, 1, 2, undefined]);
});

it('what people joined, several groups continue; what they did not, one alone', () => {
  const halves = [group(0, 20), group(20, 20)];
  const before = known(4, 0, 40);
  expect(matchCampaigns(halves, [{ ...before, joined: true }]).map(({ campaign }) => campaign)).toEqual([4, 4]);
  expect(matchCampaigns(halves, [{ ...before, joined: false }]).map(({ campaign }) => campaign)).toEqual([
    4,
    undefined,
  ]);
});

it('does not swallow what another group continues, nor anything before it continues something itself', () => {
  // The first group overlaps the second's campaign by more, and continues its own.
  const joined = { ...known(1, 0, 40), joined: true };
  expect(matchCampaigns([group(0, 30), group(10, 50)], [joined, known(2, 40, 20)])).toEqual([
    { group: 0, campaign: 1, absorbed: [], weak: false },
    { group: 1, campaign: 1, absorbed: [2], weak: false },
  ]);
  // Nor where it lies in both, and the second has a larger one of its own.
  const both = found(new Set([...accounts(20, 20), ...accounts(0, 7)]));
  expect(matchCampaigns([group(0, 10), both], [{ ...known(1, 0, 10), joined: true }, known(2, 20, 20)])).toEqual([
    { group: 0, campaign: 1, absorbed: [], weak: false },
    { group: 1, campaign: 2, absorbed: [], weak: false },
  ]);
  expect(matchCampaigns([group(0, 100)], [known(1, 98, 2)])).toEqual([
    { group: 0, campaign: 1, absorbed: [], weak: false },
  ]);
});

it('swallows what lies in the group by just six in ten', () => {
  const matches = (inside: number) => matchCampaigns([group(0, 40)], [known(1, 0, 30), known(2, 40 - inside, 10)]);
  expect(matches(6)).toMatchObject([{ campaign: 1, absorbed: [2] }]);
  expect(matches(5)).toMatchObject([{ campaign: 1, absorbed: [] }]);
});

const members = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 });
const sets = fc.array(
  members.map((numbers) => new Set(numbers.map(String))),
  { maxLength: 6 },
);

it('matches each group and each campaign at most once', () => {
  fc.assert(
    fc.property(sets, sets, (groups, before) => {
      const campaigns = before.map((set, index) => campaign(index + 1, set));
      const matches = matchCampaigns(groups.map(found), campaigns);
      expect(matches.map((match) => match.group)).toEqual(groups.map((_, index) => index));
      const used = matches.flatMap((match) => [...(match.campaign ? [match.campaign] : []), ...match.absorbed]);
      expect(new Set(used).size).toBe(used.length);
    }),
  );
});

it('does not depend on the order of groups or campaigns', () => {
  const shuffled = fc
    .tuple(
      sets.map((groups) => [...new Map(groups.map((set) => [[...set].toSorted().join(), set])).values()]),
      sets.map((all) => all.map((set, index) => campaign(index + 1, set))),
    )
    .chain(([groups, campaigns]) =>
      fc.record({
        groups: fc.constant(groups),
        campaigns: fc.constant(campaigns),
        otherGroups: fc.shuffledSubarray(groups, { minLength: groups.length }),
        otherCampaigns: fc.shuffledSubarray(campaigns, { minLength: campaigns.length }),
      }),
    );
  const told = (groups: readonly Set<string>[], campaigns: readonly Known[]) =>
    matchCampaigns(groups.map(found), campaigns)
      .map((match) => ({
        accounts: [...(groups[match.group] ?? [])].toSorted().join(' '),
        campaign: match.campaign,
        absorbed: match.absorbed.toSorted((a, b) => a - b),
      }))
      .toSorted((a, b) => (a.accounts < b.accounts ? -1 : 1));
  fc.assert(
    fc.property(shuffled, ({ groups, campaigns, otherGroups, otherCampaigns }) => {
      expect(told(otherGroups, otherCampaigns)).toEqual(told(groups, campaigns));
    }),
    { numRuns: 300 },
  );
});

describe('a group that is faint for what a campaign of its accounts had', () => {
  const faint = (first: number, count: number): Found => ({ ...group(first, count), typicalTie: 1 });

  it('continues the campaign, and is known to be weak', () => {
    expect(matchCampaigns([faint(0, 40)], [known(1, 0, 30)])).toEqual([
      { group: 0, campaign: 1, absorbed: [], weak: true },
    ]);
  });

  it('is weak, too, where it is far less sure of what it continues, but may be another’s, and swallows none', () => {
    const unsure = { ...group(0, 40), typicalTie: 99, confidence: 0.95 };
    const certain = (first: number, count: number) => ({ ...known(1, first, count), confidence: 0.9999 });
    const other = (first: number, count: number) => ({ ...known(2, first, count), confidence: 0.95 });
    expect(matchCampaigns([unsure], [certain(0, 30)])).toMatchObject([{ campaign: 1, weak: true }]);
    expect(matchCampaigns([unsure], [certain(0, 15), other(15, 25)])).toEqual([
      { group: 0, campaign: 2, absorbed: [1], weak: false },
    ]);
    expect(matchCampaigns([unsure], [certain(0, 25), other(25, 15)])).toEqual([
      { group: 0, campaign: 1, absorbed: [], weak: true },
    ]);
  });

  it('chooses last, however much larger; where another group goes on, its accounts are something else', () => {
    expect(matchCampaigns([faint(10, 90), group(0, 20)], [known(1, 0, 40)])).toEqual([
      { group: 0, absorbed: [], weak: false },
      { group: 1, campaign: 1, absorbed: [], weak: false },
    ]);
    expect(
      matchCampaigns([faint(10, 90), group(0, 20)], [known(1, 0, 40), { ...known(2, 80, 9), bestTie: 1 }]),
    ).toEqual([
      { group: 0, campaign: 2, absorbed: [], weak: false },
      { group: 1, campaign: 1, absorbed: [], weak: false },
    ]);
  });

  it('continues no lesser campaign in its stead, and swallows none', () => {
    const lesser = { ...known(2, 80, 5), bestTie: 1 };
    expect(matchCampaigns([faint(0, 90)], [known(1, 0, 30), lesser])).toEqual([
      { group: 0, campaign: 1, absorbed: [], weak: true },
    ]);
    expect(matchCampaigns([faint(0, 90)], [known(1, 0, 30), known(3, 50, 20)])).toEqual([
      { group: 0, campaign: 1, absorbed: [], weak: true },
    ]);
  });

  it('is not weak for what it meets at the edge, nor for what people joined', () => {
    expect(matchCampaigns([faint(28, 20)], [known(1, 0, 30)])).toEqual([{ group: 0, absorbed: [], weak: false }]);
    expect(matchCampaigns([faint(0, 40)], [{ ...known(1, 0, 30), joined: true }])).toMatchObject([
      { campaign: 1, weak: false },
    ]);
  });
});
