import { describe, expect, it } from 'vitest';
import {
  escalateCampaign,
  type Escalation,
  escalationFacts,
  escalationNews,
  escalationSeen,
} from '../../src/campaigns/escalation.ts';
import { campaignLike, NOW } from '../campaign-fixture.ts';

const asked = { actor: 'U0MARA', now: NOW, target: 'pagerduty', why: 'it runs', present: undefined } as const;
const PRESENT: Escalation = {
  number: 1,
  campaign: 12,
  target: 'pagerduty',
  by: 'U0RAVI',
  at: 7,
  reason: 'x',
  seen: escalationSeen(campaignLike()),
  channel: null,
  acknowledgedAt: null,
};

describe('escalateCampaign', () => {
  it('tells the thread and the audit what was seen, and leaves the campaign', () => {
    const campaign = campaignLike({ acknowledgedAt: 5 });
    const { severity, accountCount: accounts, confidence } = campaign;
    expect(escalateCampaign(campaign, asked)).toEqual({
      ok: true,
      campaign,
      effects: [
        {
          type: 'audit',
          action: 'campaign.escalate',
          reason: 'it runs',
          detail: {
            target: 'pagerduty',
            seen: { status: 'suspected', severity, accounts, confidence, acknowledgedAt: 5 },
          },
        },
        { type: 'reply', reply: { type: 'escalated', at: NOW, by: 'U0MARA', target: 'pagerduty', why: 'it runs' } },
      ],
    });
  });

  it('refuses a second time, and says who was first', () => {
    expect(escalateCampaign(campaignLike({ status: 'merged' }), { ...asked, present: PRESENT })).toEqual({
      ok: false,
      reason: 'already',
      target: 'pagerduty',
      by: 'U0RAVI',
      at: 7,
    });
  });

  it.each(['dismissed', 'merged'] as const)('refuses one that is %s, for legal too', (status) => {
    for (const target of ['pagerduty', 'legal'] as const) {
      expect(escalateCampaign(campaignLike({ status }), { ...asked, target })).toEqual({
        ok: false,
        reason: 'ended',
        status,
      });
    }
  });

  it('takes what is contained to legal alone', () => {
    const contained = campaignLike({ status: 'contained' });
    expect(escalateCampaign(contained, { ...asked, target: 'legal' })).toMatchObject({ ok: true });
    expect(escalateCampaign(contained, asked)).toMatchObject({ ok: false, reason: 'ended' });
    expect(escalateCampaign(contained, { ...asked, target: 'webhook' })).toMatchObject({ ok: false });
  });
});

describe('escalationNews', () => {
  const since = (change: Partial<Escalation['seen']> = {}, acknowledgedAt: number | null = null) => ({
    seen: { ...PRESENT.seen, ...change },
    acknowledgedAt,
  });

  it('is none while nothing has changed', () => {
    expect(escalationNews(campaignLike(), since())).toBeUndefined();
    expect(escalationNews(campaignLike({ status: 'confirmed' }), since())).toBeUndefined();
  });

  it('is an acknowledgement that came after, once', () => {
    const answered = campaignLike({ status: 'acknowledged', acknowledgedAt: NOW });
    expect(escalationNews(answered, since())).toBe('acknowledge');
    expect(escalationNews(answered, since({}, NOW))).toBeUndefined();
    expect(escalationNews(answered, since({ acknowledgedAt: NOW }))).toBeUndefined();
    expect(escalationNews(answered, since({ acknowledgedAt: NOW - 1 }))).toBe('acknowledge');
    // What was acknowledged then has lapsed: that is no answer.
    expect(escalationNews(campaignLike(), since({ acknowledgedAt: NOW - 1 }))).toBeUndefined();
  });

  it.each(['contained', 'dismissed', 'merged'] as const)('is the end when it is %s, unless it was then', (status) => {
    const over = campaignLike({ status, acknowledgedAt: NOW });
    expect(escalationNews(over, since({}, NOW))).toBe('resolve');
    expect(escalationNews(over, since({ status }))).toBeUndefined();
  });
});

it('the facts name the campaign by a key of its own, and no account', () => {
  const campaign = campaignLike({ createdAt: 36 * 36, mergedInto: 'C-3' });
  const words = { reason: 'it runs', by: 'U0MARA', at: NOW, link: 'https://x.slack.com/p1' };
  const { kind, status, severity, confidence, families, detections, firstExchangeAt, lastExchangeAt } = campaign;
  expect(escalationFacts(campaign, words)).toEqual({
    campaign: 'C-12',
    dedupKey: 'retort:C-12:100',
    kind,
    status,
    severity,
    confidence,
    accounts: campaign.accountCount,
    exchanges: campaign.exchangeCount,
    firstExchangeAt,
    lastExchangeAt,
    families,
    detections,
    mergedInto: 'C-3',
    ...words,
  });
});
