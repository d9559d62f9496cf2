import { describe, expect, it } from 'vitest';
import { assignCampaign } from '../../../src/campaigns/lifecycle/assign.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

const given = { actor: 'U0MARA', now: NOW, to: 'U0JONAS' };
const taken = { actor: 'U0MARA', now: NOW, to: 'U0MARA' };

describe('assignCampaign', () => {
  it('gives a campaign to another, who must still answer it', () => {
    const campaign = campaignLike({ call: { since: 1, level: 2, calledAt: 2 } });
    expect(assignCampaign(campaign, given)).toEqual({
      ok: true,
      campaign: { ...campaign, assigned: { to: 'U0JONAS', by: 'U0MARA', at: NOW }, call: null },
      effects: [
        { type: 'audit', action: 'campaign.assign', reason: 'given', detail: { to: 'U0JONAS' } },
        { type: 'reply', reply: { type: 'assigned', at: NOW, by: 'U0MARA', to: 'U0JONAS' } },
      ],
    });
  });

  it('answers what one takes oneself', () => {
    expect(assignCampaign(campaignLike(), taken)).toMatchObject({
      ok: true,
      campaign: { status: 'acknowledged', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW },
      effects: [{ reason: 'taken' }, {}],
    });
  });

  it.each(['acknowledged', 'confirmed'] as const)('leaves who answered one that is %s', (status) => {
    const campaign = campaignLike({ status, acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 });
    expect(assignCampaign(campaign, taken)).toMatchObject({
      campaign: { status, acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 },
    });
  });

  it('refuses to give it to who has it, and says since when', () => {
    const campaign = campaignLike({ assigned: { to: 'U0JONAS', by: 'U0RAVI', at: 7 } });
    expect(assignCampaign(campaign, given)).toEqual({ ok: false, reason: 'already_assigned', by: 'U0RAVI', at: 7 });
    expect(assignCampaign(campaign, taken)).toMatchObject({ ok: true, campaign: { assigned: { to: 'U0MARA' } } });
  });

  it.each(['contained', 'dismissed', 'merged'] as const)('refuses one that is %s', (status) => {
    expect(assignCampaign(campaignLike({ status }), given)).toEqual({ ok: false, reason: 'ended', status });
  });
});
