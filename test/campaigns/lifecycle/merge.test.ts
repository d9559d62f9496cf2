import { describe, expect, it } from 'vitest';
import { mergeCampaigns } from '../../../src/campaigns/lifecycle/merge.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

const judgement = { actor: 'U0MARA', now: NOW, why: 'same jobs' };
const SNOOZE = { by: 'U0MARA', at: 1, until: 2, reason: 'x', severity: 'high', accountCount: 9 } as const;

describe('mergeCampaigns', () => {
  it('ends one, and leaves what both had with the other', () => {
    const from = campaignLike({
      id: 'C-2',
      families: ['content', 'network'],
      detections: ['shared-network'],
      alertedAt: 100,
      snooze: SNOOZE,
      call: { since: 1, level: 1, calledAt: 1 },
    });
    const into = campaignLike({ families: ['content', 'payment'], detections: ['shared-payment'], alertedAt: 200 });
    const said = { type: 'merged', at: NOW, by: 'U0MARA', why: 'same jobs' };
    expect(mergeCampaigns(from, into, judgement)).toEqual({
      ok: true,
      from: { ...from, status: 'merged', mergedInto: 'C-12', snooze: null, call: null },
      into: {
        ...into,
        alertedAt: 100,
        joined: true,
        families: ['content', 'payment', 'network'],
        detections: ['shared-payment', 'shared-network'],
      },
      effects: {
        from: [
          { type: 'audit', action: 'campaign.merge', reason: 'same jobs', detail: { into: 'C-12' } },
          { type: 'reply', reply: { ...said, other: 'C-12', direction: 'into' } },
        ],
        into: [
          { type: 'audit', action: 'campaign.absorb', reason: 'same jobs', detail: { from: 'C-2' } },
          { type: 'reply', reply: { ...said, other: 'C-2', direction: 'from' } },
        ],
      },
    });
  });

  it.each([
    [null, 200, 200],
    [100, null, 100],
    [300, 200, 200],
    [null, null, null],
  ])('keeps the earlier alert: of %s and %s, %s', (one, other, kept) => {
    const outcome = mergeCampaigns(
      campaignLike({ id: 'C-2', alertedAt: one }),
      campaignLike({ alertedAt: other }),
      judgement,
    );
    expect(outcome).toMatchObject({ into: { alertedAt: kept } });
  });

  it('takes in one that was dismissed, and adds to none that was', () => {
    const dismissed = campaignLike({ id: 'C-2', status: 'dismissed' });
    expect(mergeCampaigns(dismissed, campaignLike(), judgement)).toMatchObject({ ok: true });
    expect(mergeCampaigns(campaignLike(), dismissed, judgement)).toEqual({
      ok: false,
      reason: 'ended',
      id: 'C-2',
      status: 'dismissed',
    });
  });

  it('refuses what was merged, on either side, and a campaign with itself', () => {
    const merged = campaignLike({ id: 'C-2', status: 'merged' });
    const refusal = { ok: false, reason: 'ended', id: 'C-2', status: 'merged' };
    expect(mergeCampaigns(merged, campaignLike(), judgement)).toEqual(refusal);
    expect(mergeCampaigns(campaignLike(), merged, judgement)).toEqual(refusal);
    expect(mergeCampaigns(merged, merged, judgement)).toEqual({ ok: false, reason: 'same' });
  });
});
