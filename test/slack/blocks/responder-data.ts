import { expect } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import type { LifecycleReply } from '../../../src/campaigns/lifecycle-reply.ts';
import type { Message } from '../../../src/slack/blocks/message.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';

const HOUR = 3_600_000;

export const SNOOZE = {
  by: 'U0MARA',
  at: NOW,
  until: NOW + 4 * HOUR,
  reason: 'billing looks',
  severity: 'high',
  accountCount: 900,
} as const;

/** Within Slack’s limits, and ours. */
export function expectSound({ text, blocks }: Message): void {
  expect(validateBlocks(blocks, 'message')).toEqual([]);
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
}

/** One of each kind that a thread is told, and of each way that it reads. */
export const REPLIES: LifecycleReply[] = [
  { type: 'assigned', at: NOW, by: 'U0MARA', to: 'U0MARA' },
  { type: 'assigned', at: NOW, by: 'U0MARA', to: 'U0JONAS' },
  { type: 'noted', at: NOW, by: 'U0MARA', why: 'one card' },
  { type: 'snoozed', at: NOW, by: 'U0MARA', until: NOW + HOUR, why: 'later' },
  { type: 'unsnoozed', at: NOW, by: 'U0MARA' },
  { type: 'woke', at: NOW, holder: 'U0MARA', before: SNOOZE, accountCount: 1_184, severity: 'critical' },
  { type: 'merged', at: NOW, by: 'U0MARA', other: 'C-3', direction: 'into', why: 'same jobs' },
  { type: 'merged', at: NOW, by: 'U0MARA', other: 'C-3', direction: 'from', why: 'same jobs' },
  { type: 'split', at: NOW, by: 'U0MARA', other: 'C-3', direction: 'into', accounts: 40, why: 'another operator' },
  { type: 'split', at: NOW, by: 'U0MARA', other: 'C-3', direction: 'from', accounts: 40, why: 'another operator' },
  ...([1, 2] as const).map(
    (level): LifecycleReply => ({
      type: 'called',
      at: NOW,
      reason: 'unanswered',
      level,
      group: 'S0ONCALL',
      holder: null,
      since: NOW - HOUR,
      severity: 'critical',
      accountCount: 1_184,
    }),
  ),
  {
    type: 'called',
    at: NOW,
    reason: 'ran_out',
    level: 1,
    group: null,
    holder: 'U0MARA',
    since: NOW - HOUR,
    severity: 'high',
    accountCount: 60,
  },
  {
    type: 'called',
    at: NOW,
    reason: 'lapsed',
    level: 1,
    group: 'abuse-oncall',
    holder: 'U0MARA',
    since: NOW,
    severity: 'high',
    accountCount: 60,
  },
  { type: 'escalated', at: NOW, by: 'U0MARA', target: 'pagerduty', why: 'it runs in production' },
  { type: 'escalated', at: NOW, by: 'U0MARA', target: 'legal', why: 'subpoena' },
  ...(['trigger', 'acknowledge', 'resolve'] as const).map(
    (event): LifecycleReply => ({ type: 'not_told', at: NOW, target: 'webhook', event, error: 'http_400' }),
  ),
];

export const LEGAL = {
  type: 'legal',
  campaign: 'C-12',
  by: 'U0MARA',
  why: 'subpoena',
  link: 'https://x.slack.com/archives/C1/p1',
  target: 'abuse-legal',
  at: NOW,
} as const;

export const storm = {
  number: 1,
  begunAt: NOW,
  post: null,
  campaigns: [
    campaignLike({
      id: 'C-1',
      status: 'acknowledged',
      acknowledgedBy: 'U0MARA',
      post: { channel: 'C0ALERTS', ts: '1.1' },
    }),
    campaignLike({ id: 'C-2' }),
    campaignLike({ id: 'C-3', kind: 'resale', severity: 'medium' }),
  ],
};
