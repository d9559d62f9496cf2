import { describe, expect, it } from 'vitest';
import { validateBlocks, validateView, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import { detectionList } from '../../../src/slack/blocks/detections.ts';
import { campaignList } from '../../../src/slack/blocks/campaign-list.ts';
import { accountPage } from '../../../src/slack/blocks/account-page.ts';
import { type Message, messageOf } from '../../../src/slack/blocks/message.ts';
import { noticeModal } from '../../../src/slack/blocks/modal.ts';
import {
  boldCell,
  codeCell,
  type Column,
  personCell,
  plainCell,
  tableOf,
  timeCell,
} from '../../../src/slack/blocks/table.ts';
import { campaignLike, NOW } from '../../campaign-fixture.ts';
import { golden } from '../../golden.ts';

const COLUMNS: Column<string>[] = [
  { title: 'Account', cell: (row) => codeCell(row) },
  { title: 'Said', cell: (row) => plainCell(row) },
  { title: 'By', cell: () => personCell('U0MARA') },
  { title: 'Since', cell: () => timeCell(NOW) },
  { title: 'Why', align: 'right', cell: () => plainCell('') },
];

function expectSound({ text, blocks }: Message): void {
  expect(validateBlocks(blocks, 'message')).toEqual([]);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
}

describe('a table', () => {
  it('shows data to the letter in its cells, and escaped in the words beside them', () => {
    const message = messageOf(tableOf(COLUMNS, ['a<b>&`c`']));
    expectSound(message);
    expect(message.blocks[0]).toMatchObject({
      type: 'table',
      rows: [
        [{ text: 'Account' }, {}, {}, {}, {}],
        [{}, { text: 'a<b>&`c`' }, {}, {}, {}],
      ],
    });
    expect(message.text).toMatch(
      /^• `a&lt;b&gt;&amp;ˋcˋ` · said a&lt;b&gt;&amp;ˋcˋ · by <@U0MARA> · since <!date\^\d+\^\{date_short_pretty\} \{time\}\|.* UTC>$/,
    );
  });

  it.each(['<!channel>', '&', '`*_~', '\u{202e}', '<@U0MARA|x>', '😀', '\0', ''])(
    'keeps within Slack’s limits with 25,000 rows of 128 characters of %j',
    (unit) => {
      const name = unit.repeat(128).slice(0, 128);
      const message = messageOf(
        tableOf(
          [...COLUMNS, { title: 'Bold', cell: boldCell }],
          Array.from({ length: 25_000 }, () => name),
        ),
      );
      expectSound(message);
      expect(message.text).not.toMatch(/<!channel|<@U0MARA\||\u{202e}|\0/u);
      expect(message.blocks.at(-1)).toMatchObject({
        elements: [{ text: expect.stringMatching(/^… and 24,9\d\d more$/) }],
      });
    },
  );

  it('is words in a modal, which takes no table', () => {
    const { blocks } = messageOf(tableOf(COLUMNS, ['acct_1', 'acct_2']));
    const modal = noticeModal({ text: '', blocks });
    expect(validateView(modal, 'modal')).toEqual([]);
    expect(modal.blocks).toMatchObject([
      { type: 'section', text: { text: expect.stringMatching(/`acct_1`.*\n.*`acct_2`/) } },
    ]);
  });
});

describe('lists', () => {
  it('of campaigns, accounts and detections read as they should', async () => {
    const lists = [
      campaignList({
        campaigns: [
          campaignLike({ status: 'acknowledged', acknowledgedBy: 'U0MARA' }),
          campaignLike({ id: 'C-13', kind: 'resale', severity: 'medium' }),
        ],
        total: 12,
        offset: 10,
        filter: 'open',
        previous: '{}',
        next: null,
      }),
      accountPage({
        id: 'C-12',
        members: [
          {
            accountId: 'acct_1',
            standing: 'member',
            detections: ['no-night', 'shared-payment'],
            accountStatus: 'suspended',
          },
          { accountId: 'acct_2', standing: 'review', detections: [], accountStatus: null },
        ],
        total: 42,
        review: 1,
        page: 3,
        pages: 3,
        size: 20,
      }),
      detectionList(
        [
          {
            id: 'no-night',
            family: 'timing',
            own: false,
            initial: 'enabled',
            change: { state: 'shadow', by: 'U0MARA', at: NOW, reason: 'too many cron jobs' },
            precision: { detection: 'no-night', confirmed: 3, judged: 4 },
            found: { hits: 12, accounts: 1_184 },
          } as never,
          {
            id: 'mine',
            family: 'content',
            own: true,
            initial: 'enabled',
            change: undefined,
            precision: undefined,
            found: undefined,
          } as never,
        ],
        [],
      ),
    ];
    lists.forEach(expectSound);
    expect(lists).toEqual(await golden('lists', lists));
  });

  it('keep within Slack’s limits with a thousand detections of one’s own', () => {
    const line = {
      id: '<!channel>'.repeat(13),
      family: 'timing',
      own: true,
      initial: 'enabled',
      change: { state: 'shadow', by: 'U0MARA', at: NOW, reason: '<!here>'.repeat(70) },
      precision: { detection: 'no-night', confirmed: 9e9, judged: 9e9 },
      found: { hits: 9e9, accounts: 25_000 },
    } as never;
    const problems = Array.from(
      { length: 90 },
      () => ({ file: 'f'.repeat(300), what: '<'.repeat(900), kept: true }) as never,
    );
    const message = detectionList(
      Array.from({ length: 1_000 }, () => line),
      problems,
    );
    expectSound(message);
    expect(JSON.stringify(message.blocks)).toMatch(/… and 9\d\d more/);
  });
});
