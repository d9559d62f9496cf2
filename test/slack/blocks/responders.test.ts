import { describe, expect, it } from 'vitest';
import { validateView } from '../../../sandbox/block-kit/validate.ts';
import { dismissForm, snoozeForm } from '../../../src/slack/blocks/campaign-forms.ts';
import { campaignReply } from '../../../src/slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../../../src/slack/blocks/campaign-root.ts';
import { legalMessage, legalNews } from '../../../src/slack/blocks/legal.ts';
import { homeView } from '../../../src/slack/blocks/home.ts';
import { noticeMessage } from '../../../src/slack/blocks/notice.ts';
import { stormMessage } from '../../../src/slack/blocks/storm.ts';
import { groupText } from '../../../src/slack/escape-text.ts';
import { actionViewLike } from '../../action-world.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';
import { golden } from '../../golden.ts';
import { expectSound, LEGAL, REPLIES, SNOOZE, storm } from './responder-data.ts';

const HOUR = 3_600_000;
const nameOf = (actor: string) => ({ U0MARA: 'Mara', U0JONAS: 'Jonas' })[actor] ?? actor;

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
