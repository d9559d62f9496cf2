import { describe, expect, it } from 'vitest';
import { callCampaign } from '../../../src/campaigns/lifecycle/call.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';
import { ROTA } from '../rota.ts';

const HOUR = 3_600_000;
const alertedAt = NOW - HOUR;
const held = { status: 'acknowledged', alertedAt, acknowledgedBy: 'U0MARA', acknowledgedAt: NOW - 4 * HOUR } as const;

describe('callCampaign', () => {
  it('calls the shift about what nobody answered, from the alert on', () => {
    const campaign = campaignLike({ alertedAt });
    const { severity, accountCount } = campaign;
    expect(callCampaign(campaign, NOW, ROTA)).toEqual({
      ok: true,
      campaign: { ...campaign, call: { since: alertedAt, level: 1, calledAt: NOW } },
      effects: [
        { type: 'audit', action: 'campaign.call', reason: 'unanswered', detail: { level: 1, group: 'S0FIRST' } },
        {
          type: 'reply',
          reply: {
            type: 'called',
            at: NOW,
            reason: 'unanswered',
            level: 1,
            group: 'S0FIRST',
            holder: null,
            since: alertedAt,
            severity,
            accountCount,
          },
        },
      ],
    });
  });

  it('names nobody who was given it and has not answered', () => {
    const assigned = { to: 'U0JONAS', by: 'U0MARA', at: 1 };
    expect(callCampaign(campaignLike({ alertedAt, assigned }), NOW, ROTA)).toMatchObject({
      effects: [{ reason: 'unanswered' }, { reply: { holder: null } }],
    });
  });

  it('goes on with a wait that began', () => {
    const call = { since: NOW - 9 * HOUR, level: 1, calledAt: NOW - HOUR };
    expect(callCampaign(campaignLike({ alertedAt, call }), NOW, ROTA)).toMatchObject({
      campaign: { status: 'suspected', call: { since: NOW - 9 * HOUR, level: 2, calledAt: NOW } },
      effects: [{ detail: { group: 'S0SECOND' } }, { reply: { since: NOW - 9 * HOUR, holder: null } }],
    });
  });

  it('reminds who holds it, from the acknowledgement on', () => {
    expect(callCampaign(campaignLike(held), NOW, ROTA)).toMatchObject({
      campaign: { status: 'acknowledged', acknowledgedBy: 'U0MARA', call: { since: NOW - 4 * HOUR, level: 1 } },
      effects: [{ reason: 'ran_out' }, { reply: { holder: 'U0MARA', group: null, since: NOW - 4 * HOUR } }],
    });
    const assigned = { to: 'U0JONAS', by: 'U0MARA', at: 1 };
    expect(callCampaign(campaignLike({ ...held, assigned }), NOW, ROTA)).toMatchObject({
      effects: [{}, { reply: { holder: 'U0JONAS' } }],
    });
  });

  it('gives back to the shift what nobody renewed, from now on', () => {
    const call = { since: NOW - 5 * HOUR, level: 1, calledAt: NOW - HOUR };
    const campaign = campaignLike({ ...held, call, assigned: { to: 'U0JONAS', by: 'U0MARA', at: 1 } });
    expect(callCampaign(campaign, NOW, ROTA)).toMatchObject({
      ok: true,
      campaign: {
        status: 'suspected',
        acknowledgedBy: null,
        acknowledgedAt: null,
        assigned: null,
        call: { since: NOW, level: 1, calledAt: NOW },
      },
      effects: [{ reason: 'lapsed' }, { reply: { reason: 'lapsed', holder: 'U0JONAS', since: NOW, group: 'S0FIRST' } }],
    });
  });

  it('says why nobody is called', () => {
    expect(callCampaign(campaignLike({ alertedAt: null }), NOW, ROTA)).toEqual({ ok: false, reason: 'not_alerted' });
  });
});
