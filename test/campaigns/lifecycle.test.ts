import { describe, expect, it } from 'vitest';
import { acknowledgeCampaign, confirmCampaign, dismissCampaign } from '../../src/campaigns/lifecycle.ts';
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

  const reminded = { since: 1, level: 1, calledAt: 2 };

  it('renews one whose holder was reminded, or takes it over', () => {
    const campaign = campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0RAVI', call: reminded });
    expect(acknowledgeCampaign(campaign, by)).toMatchObject({
      ok: true,
      campaign: { acknowledgedBy: 'U0MARA', acknowledgedAt: NOW, call: null },
      effects: [{ action: 'campaign.acknowledge', reason: 'renewed' }, {}],
    });
  });

  it.each([
    ['nobody was reminded', { status: 'acknowledged', call: { ...reminded, level: 0 } }],
    ['it is decided', { status: 'confirmed', call: reminded }],
  ] as const)('renews none where %s', (_what, change) => {
    expect(acknowledgeCampaign(campaignLike(change), by)).toMatchObject({ reason: 'already_acknowledged' });
  });

  it('takes one that the shift was called about', () => {
    expect(acknowledgeCampaign(campaignLike({ call: reminded }), by)).toMatchObject({
      campaign: { call: null },
      effects: [{ reason: 'taken' }, {}],
    });
  });

  it.each(['contained', 'dismissed', 'merged'] as const)('refuses one that is %s', (status) => {
    expect(acknowledgeCampaign(campaignLike({ status }), by)).toEqual({ ok: false, reason: 'ended', status });
  });
});

describe.each([
  ['confirmCampaign', confirmCampaign, 'confirmed', 'campaign.confirm', 'dismissed'],
  ['dismissCampaign', dismissCampaign, 'dismissed', 'campaign.dismiss', 'confirmed'],
] as const)('%s', (_name, judge, verdict, action, opposite) => {
  const judgement = { ...by, why: 'a course of 40 students' };

  it.each(['suspected', 'acknowledged', opposite] as const)('judges one that is %s, with the reason', (status) => {
    const campaign = campaignLike({ status });
    expect(judge(campaign, judgement)).toEqual({
      ok: true,
      campaign: {
        ...campaign,
        status: verdict,
        acknowledgedBy: 'U0MARA',
        acknowledgedAt: NOW,
        decided: { by: 'U0MARA', at: NOW, reason: judgement.why, accountCount: campaign.accountCount },
      },
      effects: [
        { type: 'audit', action, reason: judgement.why, detail: { from: status, detections: campaign.detections } },
        { type: 'reply', reply: { type: verdict, at: NOW, by: 'U0MARA', why: judgement.why } },
      ],
    });
  });

  it('leaves who had it before', () => {
    const outcome = judge(
      campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 }),
      judgement,
    );
    expect(outcome).toMatchObject({ campaign: { acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 } });
  });

  it('refuses a second time, and says who was first', () => {
    const decided = { by: 'U0RAVI', at: NOW - 5, reason: 'known' };
    expect(judge(campaignLike({ status: verdict, decided }), judgement)).toEqual({
      ok: false,
      reason: 'already_judged',
      by: 'U0RAVI',
      at: NOW - 5,
    });
  });

  it('refuses a second time also where nobody noted who was first', () => {
    const outcome = judge(campaignLike({ status: verdict, decided: null }), judgement);
    expect(outcome).toEqual({ ok: false, reason: 'already_judged', by: null, at: null });
  });

  it('answers whatever was put off', () => {
    const snooze = { by: 'U0RAVI', at: 1, until: NOW + 1, reason: 'x', severity: 'high', accountCount: 9 } as const;
    const outcome = judge(campaignLike({ snooze, call: { since: 1, level: 1, calledAt: 1 } }), judgement);
    expect(outcome).toMatchObject({ campaign: { snooze: null, call: null } });
  });

  it.each(['contained', 'merged'] as const)('refuses one that is %s', (status) => {
    expect(judge(campaignLike({ status }), judgement)).toEqual({ ok: false, reason: 'ended', status });
  });
});
