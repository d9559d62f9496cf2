import { describe, expect, it } from 'vitest';
import { type Carried, GONE, settleCampaign } from '../../src/campaigns/containment.ts';
import type { Tally } from '../../src/campaigns/proposal.ts';
import { campaignLike } from '../campaign-fixture.ts';

const NONE: Tally = { pending: 0, sent: 0, unknown: 0, done: 0, failed: 0, dry_run: 0 };
const carried = (change: Partial<Omit<Carried, 'tally'>> = {}, tally: Partial<Tally> = {}): Carried => ({
  action: 'suspend',
  tally: { ...NONE, done: 9, ...tally },
  gone: 0,
  stopped: 9,
  by: 'U0MARA',
  proposal: 'P-3',
  ...change,
});
const UNCHANGED = { ok: false, reason: 'unchanged' };

describe('a campaign whose accounts were acted upon', () => {
  it.each(['suspend', 'ban'] as const)('is contained when every account met a %s', (action) => {
    const campaign = campaignLike({ status: 'confirmed' });
    expect(settleCampaign(campaign, carried({ action }))).toEqual({
      ok: true,
      campaign: { ...campaign, status: 'contained' },
      effects: [
        {
          type: 'audit',
          action: 'campaign.contain',
          reason: `${action} carried out`,
          detail: { proposal: 'P-3', by: 'U0MARA', from: 'confirmed' },
        },
      ],
    });
  });

  it.each(['suspected', 'acknowledged', 'confirmed'] as const)('is contained from %s', (status) => {
    expect(settleCampaign(campaignLike({ status }), carried())).toMatchObject({ ok: true });
  });

  it.each(['contained', 'dismissed', 'merged'] as const)('stays %s', (status) => {
    expect(settleCampaign(campaignLike({ status }), carried())).toEqual(UNCHANGED);
  });

  it.each([
    ['nobody was met', { done: 0 }],
    ['one failed', { failed: 1 }],
    ['one waits', { pending: 1 }],
    ['one is on its way', { sent: 1 }],
    ['one is unknown', { unknown: 1 }],
    ['one is unknown, and another waits', { unknown: 1, pending: 1 }],
    ['one waits, and another is on its way', { pending: 1, sent: 1 }],
  ])('stays open where %s', (_what, tally) => {
    expect(settleCampaign(campaignLike(), carried({}, tally))).toEqual(UNCHANGED);
  });

  it('is contained where only those failed that are gone', () => {
    expect(settleCampaign(campaignLike(), carried({ gone: 2 }, { failed: 2 }))).toMatchObject({ ok: true });
    expect(settleCampaign(campaignLike(), carried({ gone: 1 }, { failed: 2 }))).toEqual(UNCHANGED);
  });

  it.each(['require_verification', 'rate_limit', 'watermark'] as const)('stays as it is after %s', (action) => {
    expect(settleCampaign(campaignLike(), carried({ action, stopped: 0 }))).toEqual(UNCHANGED);
    expect(settleCampaign(campaignLike({ status: 'contained' }), carried({ action, stopped: 0 }))).toEqual(UNCHANGED);
  });
});

it('an account that the service does not know is gone, by the word that docs/enforcement.md has for it', () => {
  expect(GONE).toBe('not_found');
});

describe('a contained campaign whose accounts are restored', () => {
  const restored = carried({ action: 'restore', stopped: 0 });

  it('has its people again when nobody is stopped any more', () => {
    const campaign = campaignLike({ status: 'contained' });
    expect(settleCampaign(campaign, restored)).toEqual({
      ok: true,
      campaign: { ...campaign, status: 'acknowledged' },
      effects: [
        {
          type: 'audit',
          action: 'campaign.release',
          reason: 'all were restored',
          detail: { proposal: 'P-3', by: 'U0MARA', from: 'contained' },
        },
      ],
    });
  });

  it('stays contained while one account is stopped', () => {
    expect(settleCampaign(campaignLike({ status: 'contained' }), { ...restored, stopped: 1 })).toEqual(UNCHANGED);
  });

  it('is left as it is where it was none', () => {
    expect(settleCampaign(campaignLike({ status: 'confirmed' }), restored)).toEqual(UNCHANGED);
  });
});
