import { describe, expect, it } from 'vitest';
import { acknowledgeCampaign } from '../../src/campaigns/lifecycle.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';

const by = { actor: 'U0MARA', now: NOW };

describe('acknowledgeCampaign', () => {
  it('gives a suspected campaign to the person, tells the thread and the audit, and leaves the rest', () => {
    const campaign = campaignLike();
    expect(acknowledgeCampaign(campaign, by)).toEqual({
      ok: true,
      campaign: { ...campaign, status: 'acknowledged', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW },
      effects: [
        { type: 'audit', action: 'campaign.acknowledge', reason: 'taken' },
        { type: 'reply', reply: { type: 'acknowledged', at: NOW, by: 'U0MARA' } },
      ],
    });
    expect(campaign.status).toBe('suspected');
  });

  it.each(['acknowledged', 'confirmed'] as const)(
    'refuses one that is %s, and says who has it since when',
    (status) => {
      const taken = campaignLike({ status, acknowledgedBy: 'U0RAVI', acknowledgedAt: NOW - 5 });
      expect(acknowledgeCampaign(taken, by)).toEqual({
        ok: false,
        reason: 'already_acknowledged',
        by: 'U0RAVI',
        at: NOW - 5,
      });
    },
  );

  it.each(['contained', 'dismissed', 'merged'] as const)('refuses one that is %s', (status) => {
    expect(acknowledgeCampaign(campaignLike({ status }), by)).toEqual({ ok: false, reason: 'ended', status });
  });
});
