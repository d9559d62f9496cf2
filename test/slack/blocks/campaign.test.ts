import { assert, constantFrom, property, record, string, integer, array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import { type Alerted, type Campaign, FAMILIES, STATUSES } from '../../../src/campaigns/campaign.ts';
import { campaignDetail, campaignEvidence, campaignMembers } from '../../../src/slack/blocks/campaign-detail.ts';
import { campaignList } from '../../../src/slack/blocks/campaign-list.ts';
import { campaignReply } from '../../../src/slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../../../src/slack/blocks/campaign-root.ts';
import type { Message } from '../../../src/slack/blocks/message.ts';
import { actionViewLike } from '../../action-world.ts';
import { campaignLike, EVIDENCE, NOW } from '../../campaign-fixture.ts';
import { golden } from '../../golden.ts';
import { markupOf } from '../markup-of.ts';

/** What Slack would refuse of a message, and what a text too short or too long would hide. */
function expectSound({ text, blocks }: Message): void {
  expect(validateBlocks(blocks, 'message')).toEqual([]);
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
}

/** 128 characters of each kind that could break out of the markup. */
const HOSTILE = ['<!channel>', '&', '`*_~', '\u{202e}', '<@U0MARA|x>', '😀', ':skull:', '\0'].map((unit) =>
  unit.repeat(128).slice(0, 128),
);

/** The largest that a campaign can be. */
function huge(text: string): Campaign {
  return campaignLike({
    accountCount: 25_000,
    exchangeCount: 151_000_000,
    families: [...FAMILIES],
    detections: Array.from({ length: 40 }, () => text),
    evidence: {
      ...EVIDENCE,
      reasons: Array.from({ length: 60 }, (_, index) => ({
        family: FAMILIES[index % FAMILIES.length] ?? 'content',
        detection: text,
        text: text.repeat(5),
        accounts: index,
        baseRate: 0.1,
        weight: index - 20,
      })),
      ruledOut: Array.from({ length: 60 }, () => text),
      targets: Array.from({ length: 20 }, () => ({ capability: text, share: 0.5, ratio: 400 })),
      chart: {
        bucketHours: 1,
        points: Array.from({ length: 1_000 }, (_, index) => ({
          at: NOW + index * 3_600_000,
          campaign: index,
          others: 9e9,
        })),
      },
    },
  });
}

describe('campaign root', () => {
  it.each([
    ['suspected', campaignLike()],
    ['acknowledged', campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW })],
    ['contained', campaignLike({ status: 'contained', acknowledgedBy: 'U0MARA', acknowledgedAt: NOW })],
    ['resale', campaignLike({ kind: 'resale', severity: 'medium', confidence: 0.9995 })],
  ])('shows a %s campaign', async (name, campaign) => {
    const message = campaignRoot(campaign);
    expectSound(message);
    expect(message).toEqual(await golden(`campaign-root-${name}`, message));
  });

  it('tells in its text what its blocks tell', () => {
    const { text } = campaignRoot(campaignLike());
    for (const fact of [
      'C-12',
      'critical',
      '97',
      '1,184 accounts',
      '31,402',
      'eight prompt templates',
      'no night',
      'agentic coding',
      'office network',
      '2 hours',
      'Unanswered',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('offers Acknowledge only while nobody has it', () => {
    const buttons = (campaign: Campaign) => JSON.stringify(campaignRoot(campaign).blocks);
    expect(buttons(campaignLike())).toContain('ack.press');
    expect(buttons(campaignLike({ status: 'acknowledged' }))).not.toContain('ack.press');
  });

  it('offers no more than three controls and a menu of five, whatever was done', () => {
    const undoable = actionViewLike({ state: 'done' }, { done: 1 });
    const controls = (campaign: Campaign) =>
      campaignRoot(campaign, undoable).blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    for (const status of STATUSES) {
      const shown = controls(campaignLike({ status }));
      const menu = shown.at(-1);
      expect(shown.length).toBeLessThanOrEqual(4);
      expect(shown.map((each) => each.action_id)).toContain('undo.review');
      expect(menu?.type === 'overflow' && menu.options.length <= 5).toBe(true);
    }
    const labels = JSON.stringify(controls(campaignLike()));
    for (const label of ['Escalate…', 'Snooze…', 'Assign…', 'Dismiss…', 'Show evidence'])
      expect(labels).toContain(label);
  });

  it('says to whom it was escalated, and whether that arrived', () => {
    const by = { by: 'U0MARA', at: NOW };
    const { text } = campaignRoot(campaignLike(), undefined, [
      { target: 'pagerduty', ...by, state: 'under_way' },
      { target: 'webhook', ...by, state: 'failed' },
      { target: 'legal', ...by, state: 'there' },
    ]);
    expect(text).toMatch(/Escalated to \*PagerDuty\* .* by <@U0MARA>, on its way/);
    expect(text).toMatch(/Escalated to \*the escalation webhook\* .* by <@U0MARA>: \*it never arrived\*/);
    expect(text).toMatch(/Escalated to \*legal and policy\* .* by <@U0MARA>$/m);
  });

  it('can be told of a campaign without evidence, times or chart', () => {
    const bare = campaignLike({
      accountCount: 1,
      exchangeCount: 1,
      firstExchangeAt: null,
      lastExchangeAt: null,
      evidence: {
        reasons: [],
        bestTie: 0,
        ruledOut: [],
        targets: [],
        perAccountDay: 0,
        growth: null,
        chart: { bucketHours: 1, points: [] },
      },
    });
    const message = campaignRoot(bare);
    expectSound(message);
    expect(message.text).toContain('1 account, 1 exchange');
  });
});

describe('limits', () => {
  it.each(HOSTILE)('hold for the largest campaign told in %j', (text) => {
    const campaign = huge(text);
    const members = Array.from({ length: 100 }, () => ({
      accountId: text,
      standing: 'review' as const,
      detections: [text, text],
      accountStatus: text,
    }));
    const page = { campaigns: Array.from({ length: 10 }, () => campaign), total: 25_000, offset: 0, filter: '' };
    for (const message of [
      campaignRoot(campaign),
      campaignDetail(campaign),
      campaignEvidence(campaign),
      campaignMembers('C-12', members, { total: 25_000, review: 0 }),
      campaignList({ ...page, previous: '{}', next: '{}' }),
    ]) {
      expectSound(message);
      expect(markupOf(message)).not.toMatch(/<!channel|<@U0MARA\||\u{202e}/u);
    }
  });

  it('hold for any text in any place', () => {
    const texts = string({ unit: 'binary', maxLength: 400 });
    const reason = record({
      family: constantFrom(...FAMILIES),
      detection: texts,
      text: texts,
      accounts: integer({ min: 0, max: 30_000 }),
      baseRate: constantFrom(0, 0.5),
      weight: integer({ min: -50, max: 50 }),
    });
    assert(
      property(array(reason, { maxLength: 30 }), array(texts, { maxLength: 30 }), (reasons, ruledOut) => {
        const campaign = campaignLike({ detections: ruledOut, evidence: { ...EVIDENCE, reasons, ruledOut } });
        for (const message of [campaignRoot(campaign), campaignDetail(campaign), campaignEvidence(campaign)]) {
          expectSound(message);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('say what was left out', () => {
    const members = Array.from({ length: 100 }, (_, index) => ({
      accountId: `account-${index}-${'x'.repeat(100)}`,
      standing: 'member' as const,
      detections: ['shared-template'],
      accountStatus: 'active',
    }));
    expect(campaignMembers('C-12', members, { total: 25_000, review: 0 }).text).toMatch(/… and \d+ more/);
  });

  it('count the accounts as the campaign’s message does, those that wait for a person apart', () => {
    const member = { accountId: 'a', standing: 'member' as const, detections: [], accountStatus: null };
    const headerOf = (review: number) => campaignMembers('C-12', [member], { total: 62, review }).text.split('\n')[0];
    expect(headerOf(0)).toBe('C-12 · 62 accounts');
    expect(headerOf(2)).toBe('C-12 · 60 accounts, 2 to be reviewed');
  });
});

describe('campaign reply', () => {
  const before: Alerted = { severity: 'high', accountCount: 410, families: ['content'] };
  const after: Alerted = { severity: 'critical', accountCount: 655, families: ['content', 'payment'] };
  const reply = { type: 'alert', at: NOW, before, after } as const;

  it.each([
    ['grew', 'C-12 grew* to 655 accounts from 410'],
    ['escalated', 'C-12 rose to critical* from high: 655 accounts'],
    ['new_family', 'tied by new evidence*: payment. 655 accounts'],
  ] as const)('says that it %s', (reason, words) => {
    const message = campaignReply({ id: 'C-12' }, { ...reply, reason }, (actor) => actor);
    expectSound(message);
    expect(message.text).toContain(words);
  });

  it('names who acknowledged without calling them', () => {
    const message = campaignReply(
      { id: 'C-12' },
      { type: 'acknowledged', at: NOW, by: 'U0MARA' },
      () => 'Mara <!here>',
    );
    expect(message.text).toContain('*Mara &lt;!here&gt;* acknowledged C-12');
    expect(message.text).not.toContain('<@');
  });
});
