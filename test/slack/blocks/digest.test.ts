import { describe, expect, it } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import type { Digest } from '../../../src/campaigns/digest.ts';
import { digestMessage } from '../../../src/slack/blocks/digest.ts';
import { golden } from '../../golden.ts';

const HOUR = 3_600_000;

describe('digest message', () => {
  const to = Date.parse('2026-04-28T09:00:00Z');
  const line = { id: 'C-12', severity: 'critical', kind: 'extraction', accountCount: 1_184 } as const;
  const day = {
    alerts: 3,
    toAcknowledgeMs: 6 * 60_000,
    dismissed: 1,
    quarantined: 12,
    contained: 1,
    toContainMs: 112 * 60_000,
  };
  const digest: Digest = {
    from: to - 24 * HOUR,
    to,
    timezone: 'Europe/Berlin',
    fresh: [{ ...line, status: 'suspected', waitingSince: to - 15 * 60_000 }],
    grown: [{ ...line, id: 'C-9', accountCount: 655, before: 410 }],
    decided: [
      {
        ...line,
        id: 'C-11',
        accountCount: 273,
        action: 'campaign.contain',
        actor: 'U0MARA',
        at: to - HOUR,
        why: 'one operator',
      },
    ],
    waiting: [{ ...line, since: to - 15 * 60_000 }],
    day,
    dayBefore: { alerts: 2, toAcknowledgeMs: null, dismissed: 0, quarantined: 0, contained: 0, toContainMs: null },
    eventsUntil: to - 2 * 60_000,
    audit: { entries: 1_204, hash: '9f3c'.repeat(16) },
    outbox: { waiting: 0, dead: 0 },
    precision: [],
    gaps: [],
    held: [{ id: 'C-8', severity: 'high', holder: 'U0JONAS', since: to - 3 * HOUR }],
    snoozesEnding: [{ id: 'C-7', until: to + 9 * HOUR, by: 'U0MARA', reason: 'billing <!here> looks' }],
    approvals: [],
    escalations: [
      {
        campaign: 12,
        target: 'pagerduty',
        by: 'U0MARA',
        at: to - HOUR,
        reason: 'it <!here> runs',
        state: 'there',
        acknowledgedAt: null,
        endedAt: null,
      },
    ],
    changed: [],
    series: Array.from({ length: 14 }, (_, index) => ({ day: `2026-04-${15 + index}`, alerts: index % 4 })),
    months: [],
  };
  const month = (name: string, campaigns: number) => ({
    month: name,
    campaigns,
    accounts: campaigns * 100,
    confirmed: 3,
    dismissed: 1,
    toAcknowledgeMs: 9 * 60_000,
    toContainMs: null,
  });
  const quiet = { fresh: [], grown: [], decided: [], waiting: [], snoozesEnding: [], escalations: [] };
  const nameOf = () => 'Mara <!channel>';

  it('reads as it should', async () => {
    const message = digestMessage(digest, { nameOf, respondersGroup: 'abuse-oncall' });
    expect(validateBlocks(message.blocks, 'message')).toEqual([]);
    expect(message).toEqual(await golden('digest', message));
    expect(message.text).not.toContain('<!channel>');
  });

  it('is one line on a quiet day', async () => {
    const none = quiet;
    const message = digestMessage({ ...digest, ...none }, { nameOf });
    expect(message).toEqual(await golden('digest-quiet', message));
    expect(message.text).not.toContain('\n');
  });

  it('says what a dismissal did to the detections, and which windows were missed', () => {
    const precision = [
      { detection: 'no-night', confirmed: 3, judged: 3 },
      { detection: 'signup-cohort', confirmed: 7, judged: 9 },
    ];
    const gap = { detection: 'shared-`template`', reason: 'timed_out', from: to - HOUR, to } as const;
    const gaps = [
      { ...gap, windows: 3, open: 1, givenUp: 0 },
      { ...gap, reason: 'late', windows: 2, open: 0, givenUp: 0 } as const,
    ];
    const none = { fresh: [], grown: [], decided: [], waiting: [] };
    const { text, blocks } = digestMessage({ ...digest, ...none, precision, gaps }, { nameOf });
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text).toContain('dismissed 1 (0), so `signup-cohort` is at 7 of 9, `no-night` at 3 of 3');
    expect(text).toMatch(
      /:warning: `shared-ˋtemplateˋ` ran out of time over 3 windows.*: 2 caught up, 1 still to catch up/,
    );
    expect(text).toMatch(/• `shared-ˋtemplateˋ` ran late over 2 windows.*: 2 caught up/);
  });

  it('compares the month that ended with those before it, on the first', () => {
    const months = [month('2026-04', 12), month('2026-03', 4), month('2026-02', 8)];
    const { text, blocks } = digestMessage({ ...digest, ...quiet, months }, { nameOf });
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text).toContain('*2026-04 beside the mean of the 2 months before*');
    expect(text).toContain('campaigns 12 (6) · accounts 1,200 (600)');
    expect(text).toContain('• 2026-03: 4 campaigns, 400 accounts, to acknowledge 9 min, to contain –');
  });

  it('says that the data is stale, and that posts were given up', () => {
    const ill = { ...digest, eventsUntil: to - 5 * HOUR, outbox: { waiting: 1, dead: 2 } };
    const { text } = digestMessage(ill, { nameOf });
    expect(text).toContain('stale');
    expect(text).toContain('2 posts could not be delivered');
  });

  it('keeps within Slack’s limits after the busiest night', () => {
    const many = <T>(item: T): T[] => Array.from({ length: 500 }, () => item);
    const busy: Digest = {
      ...digest,
      fresh: digest.fresh.flatMap(many),
      grown: digest.grown.flatMap(many),
      decided: digest.decided.flatMap(many),
      waiting: digest.waiting.flatMap(many),
      held: digest.held.flatMap(many),
      escalations: digest.escalations.flatMap(many),
      snoozesEnding: digest.snoozesEnding.flatMap(many),
      changed: many({
        action: 'enforcement.freeze',
        subject: 'enforcement',
        actor: 'U0',
        reason: '<'.repeat(400),
        at: to,
      }),
      approvals: many({ campaign: 1, action: 'require_verification' as const, accountCount: 25_000, until: to }),
      months: Array.from({ length: 7 }, () => month('2026-04', 9_000_000)),
      precision: many({ detection: 'd'.repeat(100), confirmed: 1, judged: 2 }),
      gaps: many({ detection: 'd'.repeat(100), reason: 'failed', windows: 9, open: 9, givenUp: 0, from: to, to }),
    };
    const { text, blocks } = digestMessage(busy, { nameOf: () => '<'.repeat(400) });
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
    expect(text).toMatch(/… and \d+ more/);
  });
});
