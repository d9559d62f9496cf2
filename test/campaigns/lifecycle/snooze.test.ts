import { describe, expect, it } from 'vitest';
import { snoozeCampaign, unsnoozeCampaign, wakeCampaign } from '../../../src/campaigns/lifecycle/snooze.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const asked = { actor: 'U0MARA', now: NOW, until: NOW + DAY, why: 'billing looks' };
const SNOOZE = {
  by: 'U0MARA',
  at: NOW - DAY,
  until: NOW,
  reason: 'billing looks',
  severity: 'high',
  accountCount: 900,
} as const;

describe('snoozeCampaign', () => {
  it('notes what it was then, and answers what waited for an answer', () => {
    const campaign = campaignLike({ call: { since: 1, level: 1, calledAt: 1 } });
    const { severity, accountCount } = campaign;
    expect(snoozeCampaign(campaign, asked)).toEqual({
      ok: true,
      campaign: {
        ...campaign,
        status: 'acknowledged',
        acknowledgedBy: 'U0MARA',
        acknowledgedAt: NOW,
        snooze: { by: 'U0MARA', at: NOW, until: NOW + DAY, reason: 'billing looks', severity, accountCount },
        call: null,
      },
      effects: [
        {
          type: 'audit',
          action: 'campaign.snooze',
          reason: 'billing looks',
          detail: { until: new Date(NOW + DAY).toISOString() },
        },
        { type: 'reply', reply: { type: 'snoozed', at: NOW, by: 'U0MARA', until: NOW + DAY, why: 'billing looks' } },
      ],
    });
  });

  it.each(['acknowledged', 'confirmed', 'contained'] as const)('leaves the state of one that is %s', (status) => {
    const campaign = campaignLike({ status, acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 });
    expect(snoozeCampaign(campaign, asked)).toMatchObject({
      campaign: { status, acknowledgedBy: 'U0RAVI', acknowledgedAt: 5 },
    });
  });

  it.each(['dismissed', 'merged'] as const)('refuses one that is %s', (status) => {
    expect(snoozeCampaign(campaignLike({ status }), asked)).toEqual({ ok: false, reason: 'ended', status });
  });

  it.each([
    [10 * MINUTE - 1, 'too_short'],
    [30 * DAY + 1, 'too_long'],
  ])('refuses %i ms as %s', (ms, reason) => {
    expect(snoozeCampaign(campaignLike(), { ...asked, until: NOW + ms })).toEqual({ ok: false, reason });
  });

  it.each([10 * MINUTE, 30 * DAY])('takes %i ms', (ms) => {
    expect(snoozeCampaign(campaignLike(), { ...asked, until: NOW + ms })).toMatchObject({ ok: true });
  });
});

describe('unsnoozeCampaign', () => {
  it('wakes it before its time, and the shift waits anew', () => {
    const campaign = campaignLike({ status: 'acknowledged', snooze: SNOOZE });
    expect(unsnoozeCampaign(campaign, { actor: 'U0RAVI', now: NOW })).toEqual({
      ok: true,
      campaign: { ...campaign, snooze: null, call: { since: NOW, level: 0, calledAt: null } },
      effects: [
        { type: 'audit', action: 'campaign.unsnooze', reason: 'before its time' },
        { type: 'reply', reply: { type: 'unsnoozed', at: NOW, by: 'U0RAVI' } },
      ],
    });
  });

  it('refuses one that is awake', () => {
    expect(unsnoozeCampaign(campaignLike(), asked)).toEqual({ ok: false, reason: 'not_snoozed' });
  });
});

describe('wakeCampaign', () => {
  it('says what became of it, and measures what comes next against that', () => {
    const campaign = campaignLike({ snooze: SNOOZE, alerted: null });
    const { severity, accountCount, families } = campaign;
    expect(wakeCampaign(campaign, NOW)).toEqual({
      ok: true,
      campaign: {
        ...campaign,
        snooze: null,
        call: { since: NOW, level: 0, calledAt: null },
        alerted: { severity, accountCount, families },
      },
      effects: [
        { type: 'audit', action: 'campaign.wake', reason: 'its time has come', detail: { accountCount } },
        { type: 'reply', reply: { type: 'woke', at: NOW, holder: 'U0MARA', before: SNOOZE, accountCount, severity } },
      ],
    });
  });

  it('tells whom it is assigned to, before who snoozed it', () => {
    const campaign = campaignLike({ snooze: SNOOZE, assigned: { to: 'U0JONAS', by: 'U0RAVI', at: 1 } });
    expect(wakeCampaign(campaign, NOW)).toMatchObject({ effects: [{}, { reply: { holder: 'U0JONAS' } }] });
  });

  it('leaves one that sleeps, and one that is awake', () => {
    expect(wakeCampaign(campaignLike({ snooze: SNOOZE }), NOW - 1)).toEqual({ ok: false, reason: 'sleeping' });
    expect(wakeCampaign(campaignLike(), NOW)).toEqual({ ok: false, reason: 'not_snoozed' });
  });
});
