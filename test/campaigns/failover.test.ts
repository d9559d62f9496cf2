import { describe, expect, it } from 'vitest';
import { isOldNews, relatedCampaigns, type SharedMark, tookOver } from '../../src/campaigns/failover.ts';

const GROUP = { size: 20, activeAccounts: 1_000 };
/** A template of all of the group and of a banned campaign, and of nobody else. */
const mark = (change: Partial<SharedMark> = {}): SharedMark => ({
  campaign: 'C-1',
  status: 'confirmed',
  members: 40,
  stopped: 38,
  inGroup: 20,
  inCampaign: 40,
  outside: 0,
  ...change,
});

describe('relatedCampaigns', () => {
  it('finds the banned campaign whose marks a group bears', () => {
    expect(relatedCampaigns([mark(), mark({ inCampaign: 12 })], GROUP)).toEqual([
      { campaign: 'C-1', marks: 2, failover: true },
    ]);
  });

  it('calls it no failover while the accounts still work, and does once it is contained', () => {
    expect(relatedCampaigns([mark({ stopped: 19 })], GROUP)).toMatchObject([{ failover: false }]);
    expect(relatedCampaigns([mark({ stopped: 0, status: 'contained' })], GROUP)).toMatchObject([{ failover: true }]);
  });

  it.each([
    // Of 1,000 accounts with one on both sides: 19 others and itself are just under one in fifty.
    ['nineteen strangers of a thousand bear it', { outside: 19 }, 1],
    ['twenty strangers of a thousand bear it', { outside: 20 }, 0],
    ['three in ten of the group bear it', { inGroup: 6 }, 1],
    ['three in ten of the campaign bear it', { inCampaign: 12 }, 1],
  ])('knows a mark that is just rare or shared enough: %s', (_, change, found) => {
    expect(relatedCampaigns([mark(change)], GROUP)).toHaveLength(found);
  });

  it('asks for less than one in fifty of few accounts, too', () => {
    const few = { size: 20, activeAccounts: 48 };
    expect(relatedCampaigns([mark()], few)).toHaveLength(1);
    expect(relatedCampaigns([mark()], { ...few, activeAccounts: 47 })).toEqual([]);
  });

  it.each([
    ['a popular framework’s prompt', { outside: 60 }],
    ['a mark of few of the group', { inGroup: 5 }],
    ['a mark of few of the campaign', { inCampaign: 11 }],
  ])('is not deceived by %s', (_, change) => {
    expect(relatedCampaigns([mark(change)], GROUP)).toEqual([]);
  });

  it('names those that it took over from first, then those it shares most with', () => {
    const marks = [
      mark({ campaign: 'C-1', stopped: 0 }),
      mark({ campaign: 'C-2', stopped: 0 }),
      mark({ campaign: 'C-2', stopped: 0 }),
      mark({ campaign: 'C-3' }),
    ];
    expect(relatedCampaigns(marks, GROUP).map(({ campaign }) => campaign)).toEqual(['C-3', 'C-2', 'C-1']);
  });
});

it('tells a campaign that goes on in fresh accounts from one that merely grows', () => {
  expect(tookOver({ members: 40, stopped: 20 }, 5)).toBe(true);
  expect(tookOver({ members: 40, stopped: 19 }, 30)).toBe(false);
  expect(tookOver({ members: 40, stopped: 40 }, 4)).toBe(false);
  expect(tookOver({ members: 0, stopped: 0 }, 9)).toBe(false);
});

it('is no news of a group most of which was stopped with a campaign that is known', () => {
  expect(isOldNews(10, 5)).toBe(true);
  expect(isOldNews(10, 4)).toBe(false);
});
