import { expect, it } from 'vitest';
import { noteCampaign } from '../../../src/campaigns/lifecycle/note.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

it('a remark goes into the audit and the thread, and changes nothing', () => {
  const campaign = campaignLike({ status: 'merged' });
  expect(noteCampaign(campaign, { actor: 'U0MARA', now: NOW, why: 'one card' })).toEqual({
    ok: true,
    campaign,
    effects: [
      { type: 'audit', action: 'campaign.note', reason: 'one card' },
      { type: 'reply', reply: { type: 'noted', at: NOW, by: 'U0MARA', why: 'one card' } },
    ],
  });
});
