import { describe, expect, it } from 'vitest';
import { reopenCampaign, reopened, reopenNote } from '../../../src/campaigns/lifecycle/reopen.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

const judgement = { actor: 'U0MARA', now: NOW, why: 'it runs again' };
const decided = { by: 'U0RAVI', at: NOW - 5, reason: 'a course', accountCount: 400 };
const ended = {
  decided,
  acknowledgedBy: 'U0RAVI',
  acknowledgedAt: 5,
  snooze: { by: 'U0MARA', at: 1, until: 2, reason: 'x', severity: 'high', accountCount: 9 },
} as const;

describe('reopenCampaign', () => {
  it.each(['dismissed', 'contained'] as const)('lets one that is %s wait for an answer again', (status) => {
    const campaign = campaignLike({ status, ...ended });
    const { severity, accountCount, families, alerted } = campaign;
    const after = { severity, accountCount, families };
    expect(reopenCampaign(campaign, judgement)).toEqual({
      ok: true,
      campaign: { ...reopened(campaign, NOW), alerted: after },
      effects: [
        { type: 'audit', action: 'campaign.reopen', reason: 'it runs again', detail: { from: status } },
        {
          type: 'reply',
          reply: {
            type: 'alert',
            reason: 'reopened',
            at: NOW,
            before: alerted,
            after,
            by: 'U0MARA',
            note: 'it runs again',
          },
        },
      ],
    });
  });

  it.each(['suspected', 'acknowledged', 'confirmed'] as const)('refuses one that is %s', (status) => {
    expect(reopenCampaign(campaignLike({ status }), judgement)).toEqual({ ok: false, reason: 'open', status });
  });

  it('refuses one that was merged, and says where it went', () => {
    const campaign = campaignLike({ status: 'merged', mergedInto: 'C-3' });
    expect(reopenCampaign(campaign, judgement)).toEqual({ ok: false, reason: 'merged', into: 'C-3' });
  });
});

it('what is reopened has no answer, no decision and no snooze, and waits from now', () => {
  const campaign = campaignLike({ status: 'dismissed', ...ended });
  expect(reopened(campaign, NOW)).toEqual({
    ...campaign,
    status: 'suspected',
    decided: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    snooze: null,
    call: { since: NOW, level: 0, calledAt: null },
  });
});

describe('reopenNote', () => {
  it('says how it grew since, and what it was dismissed as', () => {
    expect(reopenNote(campaignLike({ decided, accountCount: 1_300 }))).toBe(
      'It had 400 accounts when it was dismissed, and has 1300 now, 3.3 times as many. It was dismissed because: a course',
    );
  });

  it('takes the size that was last told where the decision bears none', () => {
    const alerted = { severity: 'high', accountCount: 650, families: [] } as const;
    const old = campaignLike({
      decided: { by: 'U0RAVI', at: 1, reason: 'a course' },
      accountCount: 1_300,
      alerted: { ...alerted, families: [] },
    });
    expect(reopenNote(old)).toContain('It had 650 accounts when it was dismissed, and has 1300 now, 2.0 times as many');
  });

  it('claims nothing that is not known', () => {
    expect(reopenNote(campaignLike({ decided: null, alerted: null, accountCount: 30 }))).toBe(
      'It had 0 accounts when it was dismissed, and has 30 now.',
    );
  });
});
