import { describe, expect, it } from 'vitest';
import type { AccountProfile } from '../../../src/campaigns/account-profile.ts';
import { TARGETS } from '../../../src/campaigns/escalation.ts';
import type { LifecycleReply } from '../../../src/campaigns/lifecycle-reply.ts';
import { VERBS } from '../../../src/commands/registry.ts';
import { accountMessage } from '../../../src/slack/blocks/account.ts';
import { accountPage } from '../../../src/slack/blocks/account-page.ts';
import { campaignReply } from '../../../src/slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../../../src/slack/blocks/campaign-root.ts';
import { healthMessage } from '../../../src/slack/blocks/health.ts';
import { helpMessage } from '../../../src/slack/blocks/help.ts';
import { legalMessage, legalNews } from '../../../src/slack/blocks/legal.ts';
import type { Message } from '../../../src/slack/blocks/message.ts';
import { noticeMessage } from '../../../src/slack/blocks/notice.ts';
import { shiftMessage } from '../../../src/slack/blocks/oncall.ts';
import { stormMessage } from '../../../src/slack/blocks/storm.ts';
import { whyAccount, whyCampaign, whyQuery } from '../../../src/slack/blocks/why.ts';
import { groupText } from '../../../src/slack/escape-text.ts';
import { campaignLike, EVIDENCE, NOW } from '../../campaign-fixture.ts';
import { expectSound, LEGAL, REPLIES, SNOOZE, storm } from './responder-data.ts';

/** What Slack reads as markup; headers and labels are plain text, values of controls are not shown. */
function mrkdwnOf({ text, blocks }: Message): string {
  const marked = [...JSON.stringify(blocks).matchAll(/"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)];
  return [text, ...marked.map(([, markup = '']) => markup)].join('\n');
}

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
      expect(mrkdwnOf(message)).not.toMatch(/<!channel|<@U0MARA\||\u{202e}/u);
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
