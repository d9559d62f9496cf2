import { describe, expect, it } from 'vitest';
import { freshPivots, type ModelMove, pivotNote, pivotsOf } from '../../src/campaigns/pivot.ts';

/** A campaign of 1,000 exchanges among 10,000 since the release. */
const move = (change: Partial<ModelMove> = {}): ModelMove => ({
  model: 'halcyon-5',
  campaign: 480,
  campaignAll: 1_000,
  everyone: 930,
  everyoneAll: 10_000,
  movers: 38,
  accounts: 40,
  ...change,
});

describe('pivotsOf', () => {
  it('finds the move of half a campaign, beside the share of those outside it', () => {
    expect(pivotsOf([move()])).toEqual([{ model: 'halcyon-5', share: 0.48, others: 0.05 }]);
  });

  it.each([
    ['a launch that everybody follows', { everyone: 4_000 }],
    ['a few who try the new model', { campaign: 200, everyone: 210 }],
    ['one busy account that tries the new model', { movers: 3 }],
    ['too few exchanges since the release', { campaign: 30, campaignAll: 49, everyone: 40 }],
    ['no exchange since the release', { campaign: 0, campaignAll: 0, everyone: 0, everyoneAll: 0 }],
  ])('is not deceived by %s', (_, change) => {
    expect(pivotsOf([move(change)])).toEqual([]);
  });

  it('finds a move that is just large enough', () => {
    const least = { campaign: 25, campaignAll: 100, everyone: 25, everyoneAll: 200, movers: 20 };
    expect(pivotsOf([move(least)])).toHaveLength(1);
    expect(pivotsOf([move({ ...least, campaign: 15, campaignAll: 50, everyone: 15 })])).toHaveLength(1);
    // A quarter of theirs, and a twelfth of everyone else’s: three times as much.
    expect(pivotsOf([move({ ...least, everyone: 35, everyoneAll: 220 })])).toHaveLength(1);
    expect(pivotsOf([move({ ...least, everyone: 36, everyoneAll: 220 })])).toEqual([]);
  });

  it('compares with nobody where the campaign is all there is', () => {
    expect(pivotsOf([move({ everyone: 480, everyoneAll: 1_000 })])).toMatchObject([{ others: 0 }]);
  });
});

it('tells each model once, in one plain sentence', () => {
  const [pivot] = pivotsOf([move()]);
  if (pivot === undefined) throw new Error('no pivot');
  expect(freshPivots([], [pivot])).toEqual([pivot]);
  expect(freshPivots([{ ...pivot, share: 0.3 }], [pivot])).toEqual([]);
  expect(freshPivots([{ ...pivot, model: 'another' }], [pivot])).toEqual([pivot]);
  expect(pivotNote(pivot)).toBe(
    '48 % of its exchanges went to halcyon-5 within a day of its release; 5 % of everyone else’s did.',
  );
});
