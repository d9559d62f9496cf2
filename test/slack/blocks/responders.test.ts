import { describe, expect, it } from 'vitest';
import { validateBlocks, validateView, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import type { AccountProfile } from '../../../src/campaigns/account-profile.ts';
import type { LifecycleReply } from '../../../src/campaigns/lifecycle-reply.ts';
import { VERBS } from '../../../src/commands/registry.ts';
import { accountMessage } from '../../../src/slack/blocks/account.ts';
import { accountPage } from '../../../src/slack/blocks/account-page.ts';
import { dismissForm, snoozeForm } from '../../../src/slack/blocks/campaign-forms.ts';
import { campaignReply } from '../../../src/slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../../../src/slack/blocks/campaign-root.ts';
import { healthMessage } from '../../../src/slack/blocks/health.ts';
import { legalMessage, legalNews } from '../../../src/slack/blocks/legal.ts';
import { helpMessage } from '../../../src/slack/blocks/help.ts';
import { homeView } from '../../../src/slack/blocks/home.ts';
import type { Message } from '../../../src/slack/blocks/message.ts';
import { noticeMessage } from '../../../src/slack/blocks/notice.ts';
import { shiftMessage } from '../../../src/slack/blocks/oncall.ts';
import { stormMessage } from '../../../src/slack/blocks/storm.ts';
import { whyAccount, whyCampaign, whyQuery } from '../../../src/slack/blocks/why.ts';
import { groupText } from '../../../src/slack/escape-text.ts';
import { TARGETS } from '../../../src/campaigns/escalation.ts';
import { actionViewLike } from '../../action-world.ts';
import { campaignLike, EVIDENCE, NOW } from '../../campaign-fixture.ts';
import { golden } from '../../golden.ts';

const HOUR = 3_600_000;
const nameOf = (actor: string) => ({ U0MARA: 'Mara', U0JONAS: 'Jonas' })[actor] ?? actor;
const SNOOZE = {
  by: 'U0MARA',
  at: NOW,
  until: NOW + 4 * HOUR,
  reason: 'billing looks',
  severity: 'high',
  accountCount: 900,
} as const;

function expectSound({ text, blocks }: Message): void {
  expect(validateBlocks(blocks, 'message')).toEqual([]);
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
}

/** What Slack reads as markup; headers and labels are plain text. */
function markupOf({ text, blocks }: Message): string {
  const marked = [...JSON.stringify(blocks).matchAll(/"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)];
  return [text, ...marked.map(([, markup = '']) => markup)].join('\n');
}

const REPLIES: LifecycleReply[] = [
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

const LEGAL = {
  type: 'legal',
  campaign: 'C-12',
  by: 'U0MARA',
  why: 'subpoena',
  link: 'https://x.slack.com/archives/C1/p1',
  target: 'abuse-legal',
  at: NOW,
} as const;

const storm = {
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

const home = {
  user: 'U0MARA',
  mine: { campaigns: [campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0MARA', snooze: SNOOZE })], total: 9 },
  unanswered: { campaigns: [campaignLike({ id: 'C-13' })], total: 1 },
  open: [{ severity: 'critical' as const, campaigns: 2, unanswered: 1 }],
  approvals: [actionViewLike({ campaign: 9, accountCount: 273, proposedBy: 'U0JONAS' }).proposal],
  escalations: [
    {
      campaign: 12,
      target: 'legal' as const,
      by: 'U0MARA',
      at: NOW - HOUR,
      reason: 'it <!here> runs',
      state: 'under_way' as const,
      acknowledgedAt: null,
      endedAt: null,
    },
  ],
  precision: [{ detection: 'no-night', confirmed: 3, judged: 4 }],
  gaps: [],
  eventsUntil: NOW - 60_000,
  lastDigest: null,
};

describe('messages read as they should', () => {
  it('replies of a thread', async () => {
    const told = REPLIES.map((reply) => campaignReply({ id: 'C-12' }, reply, nameOf).text);
    expect(told).toEqual(await golden('lifecycle-replies', told));
  });

  it.each([
    [
      'snoozed',
      campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW, snooze: SNOOZE }),
    ],
    [
      'run-out',
      campaignLike({
        status: 'acknowledged',
        acknowledgedBy: 'U0MARA',
        acknowledgedAt: NOW,
        call: { since: NOW, level: 1, calledAt: NOW },
      }),
    ],
    ['merged', campaignLike({ status: 'merged', mergedInto: 'C-3' })],
  ])('the root of one that is %s', async (name, campaign) => {
    const { text, blocks } = campaignRoot(campaign);
    const shown = { state: text.split('\n').at(-1), controls: blocks.at(-1) };
    expect(shown).toEqual(await golden(`campaign-root-state-${name}`, shown));
  });

  it('a storm, a call and a rise', async () => {
    const messages = [
      stormMessage(storm),
      noticeMessage(
        {
          type: 'called',
          group: 'S0ONCALL',
          campaigns: [{ id: 'C-2', severity: 'critical', accountCount: 9, since: NOW }],
          at: NOW,
        },
        groupText,
      ),
      noticeMessage(
        { type: 'risen', campaign: 'C-2', from: 'high', to: 'critical', standsIn: 'C0ALERTS', target: 'x', at: NOW },
        groupText,
      ),
      legalMessage(LEGAL, campaignLike(), nameOf),
      legalNews({ ...LEGAL, type: 'legal_news', status: 'dismissed' }, nameOf),
    ];
    messages.forEach(expectSound);
    expect(messages).toEqual(await golden('notices', messages));
  });

  it('Home and the forms', async () => {
    const views = [
      homeView(home, NOW),
      snoozeForm(campaignLike(), { changes: [] }, NOW),
      dismissForm(campaignLike(), { changes: [] }),
    ];
    expect(validateView(views[0], 'home')).toEqual([]);
    expect(views).toEqual(await golden('home-and-forms', views));
  });
});

/** 128 characters of each kind that could break out of the markup. */
const HOSTILE = ['<!channel>', '&', '`*_~', '\u{202e}', '<@U0MARA|x>', '😀', ':skull:', '\0'].map((unit) =>
  unit.repeat(128).slice(0, 128),
);
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('limits', () => {
  it.each(HOSTILE)('hold for the largest data told in %j', (text) => {
    const campaign = campaignLike({
      accountCount: 25_000,
      detections: many(40, text),
      assigned: { to: text, by: text, at: NOW },
      snooze: { ...SNOOZE, by: text, reason: text.repeat(4) },
      evidence: {
        ...EVIDENCE,
        reasons: many(60, {
          family: 'content' as const,
          detection: text,
          text: text.repeat(5),
          accounts: 9,
          baseRate: 0.1,
          weight: 3,
        }),
        ruledOut: many(60, text),
      },
    });
    const membership = {
      campaign: 'C-1',
      status: 'suspected',
      severity: 'critical',
      standing: 'review',
      detections: many(20, text),
      joinedAt: NOW,
      leftAt: NOW,
    } as const;
    const hit = {
      detection: text,
      trait: text,
      weight: 9e9,
      others: 25_000,
      evidence: { [text]: text, b: 9e15 },
      foundAt: NOW,
      lastFoundAt: NOW,
      shadow: true,
    };
    const profile: AccountProfile = {
      accountId: text,
      createdAt: NOW,
      organizationId: text,
      emailDomain: text,
      paymentKind: text,
      plan: text,
      program: text,
      verification: text,
      country: text,
      status: text,
      statusAt: NOW,
      campaigns: many(200, membership),
      hits: many(20, hit),
      activity: Array.from({ length: 14 }, (_, index) => ({
        day: `2026-04-${10 + index}`,
        exchanges: 9e15,
        refused: 9e15,
        inputTokens: 9e15,
        outputTokens: 9e15,
        elicited: 9e15,
        activeHours: 24,
      })),
    };
    const query = {
      id: text,
      title: text,
      looksFor: text.repeat(5),
      benignCauses: many(20, text),
      knownGaps: many(20, text),
      runbook: text.repeat(5),
      sql: `select '${text.repeat(300)}'`,
      values: many(60, text.repeat(20)),
      params: { [text]: text, days: 7 },
      windowEnd: NOW,
    };
    const member = { accountId: text, standing: 'review' as const, detections: [text, text], accountStatus: text };
    const messages = [
      campaignRoot(
        campaign,
        undefined,
        TARGETS.map((target) => ({ target, by: text, at: NOW, state: 'failed' })),
      ),
      accountMessage(profile),
      accountPage({
        id: 'C-12',
        members: many(20, member),
        total: 25_000,
        review: 25_000,
        page: 2,
        pages: 1_250,
        size: 20,
      }),
      whyCampaign(campaign, many(40, query)),
      whyAccount(campaign, { ...profile, campaigns: [{ ...membership, campaign: 'C-12' }], hits: many(20, hit) }),
      whyQuery(query),
      stormMessage({ ...storm, campaigns: many(200, campaign) }),
      helpMessage(VERBS),
      healthMessage(
        many(40, { what: text, mend: 'look' }),
        many(40, { job: text, lastDoneAt: NOW, error: text, failedDay: 9 }),
      ),
      shiftMessage(many(5, { group: text, members: many(200, text) }), {
        groups: [],
        answerWithinMs: LIMITS,
        holdsMs: LIMITS,
      }),
      ...REPLIES.map((reply) => campaignReply({ id: 'C-12' }, hostileReply(reply, text), () => text)),
      noticeMessage(
        {
          type: 'called',
          group: text,
          campaigns: many(200, { id: 'C-1', severity: 'high', accountCount: 9, since: NOW }),
          at: NOW,
        },
        groupText,
      ),
      legalMessage({ ...LEGAL, by: text, why: text.repeat(4) }, campaign, () => text),
      legalNews({ ...LEGAL, type: 'legal_news', status: 'merged', by: text }, () => text),
    ];
    for (const message of messages) {
      expectSound(message);
      expect(markupOf(message)).not.toMatch(/<!channel|<@U0MARA\||\u{202e}/u);
    }
  });
});

const LIMITS = { critical: 1, high: 1, medium: null, low: null };

/** The reply with hostile text in every place that takes text. */
function hostileReply(reply: LifecycleReply, text: string): LifecycleReply {
  const replaced: Record<string, unknown> = { ...reply };
  for (const [key, value] of Object.entries(reply)) {
    if (['by', 'to', 'holder', 'group'].includes(key)) replaced[key] = text;
    if (key === 'error') replaced[key] = text;
    if (key === 'why') replaced[key] = text.repeat(4);
    if (key === 'before' && typeof value === 'object') replaced[key] = { ...SNOOZE, reason: text.repeat(4), by: text };
  }
  return replaced as LifecycleReply;
}
