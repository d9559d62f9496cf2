import { describe, expect, test } from 'vitest';
import { limits } from '../../sandbox/block-kit/limits.ts';
import { validateBlocks, validateView } from '../../sandbox/block-kit/validate.ts';
import type { DataVisualizationBlock } from '../../sandbox/page-api.ts';
import { clientOf, startSandbox } from './bolt-app.ts';
import { reasonsOf } from './refusal.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const long = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const button = (extra: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Press'), ...extra });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string) => ({ text: plain('Option'), value });
const menu = (options: object[], extra: object = {}) => ({ type: 'static_select', options, ...extra });
const confirm = (extra: object = {}) => ({
  title: plain('Sure?'),
  text: plain('Really'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...extra,
});
const input = (element: object, extra: object = {}) => ({ type: 'input', label: plain('Why'), element, ...extra });
const cell = (text: string) => ({ type: 'raw_text', text });
const amount = (value: number) => ({ type: 'raw_number', value, text: String(value) });
const grid = (rows: number, columns: number, text = 'x') => many(rows, () => many(columns, () => cell(text)));
const dataTable = (rows: object[][], extra: object = {}) => ({
  type: 'data_table',
  caption: 'Accounts',
  rows,
  ...extra,
});

const labels = (count: number) => many(count, (i) => `t${i}`);
const line = (series: number, points: number): DataVisualizationBlock => ({
  type: 'data_visualization',
  title: 'Exchanges',
  chart: {
    type: 'line',
    series: many(series, (i) => ({ name: `s${i}`, data: labels(points).map((label) => ({ label, value: -1 })) })),
    axis_config: { categories: labels(points), x_label: 'hour' },
  },
});
const pie = (segments: { label: string; value: number }[]) => ({
  type: 'data_visualization',
  title: 'Share',
  chart: { type: 'pie', segments },
});

const accepted: Record<string, object[]> = {
  'section with text': [{ type: 'section', text: mrkdwn(long(limits.sectionText)) }],
  'section with ten fields': [{ type: 'section', fields: many(10, () => mrkdwn(long(2_000))) }],
  'section with an image': [
    { type: 'section', text: plain('x'), accessory: { type: 'image', image_url: 'http://x/y.png', alt_text: 'x' } },
  ],
  'header, divider, context': [
    { type: 'header', text: plain(long(150)) },
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('x')] },
  ],
  '25 buttons': [
    actions(
      ...many(25, (i) => button({ action_id: `a${i}`, value: long(2_000), style: 'danger', confirm: confirm() })),
    ),
  ],
  'overflow of five': [actions({ type: 'overflow', options: many(5, (i) => option(`${i}`)) })],
  'menu of a hundred': [
    actions(
      menu(
        many(100, (i) => option(`${i}`)),
        { initial_option: option('7') },
      ),
    ),
  ],
  'grouped menu': [actions({ type: 'static_select', option_groups: [{ label: plain('G'), options: [option('1')] }] })],
  'rich text': [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true } }] }],
    },
  ],
  markdown: [{ type: 'markdown', text: '**x**' }],
  table: [{ type: 'table', rows: grid(100, 20), column_settings: [{ align: 'right', is_wrapped: true }] }],
  'data table': [
    dataTable([[cell('id'), cell('n')], ...many(100, () => [cell('acct'), amount(3)])], { page_size: 10 }),
  ],
  'two charts': [line(6, 20), pie([{ label: 'a', value: 0.1 }])],
  'fifty blocks': many(50, () => ({ type: 'divider' })),
};

const refused: Record<string, { blocks: unknown; because: string }> = {
  '51 blocks': {
    blocks: many(51, () => ({ type: 'divider' })),
    because: 'no more than 50 items allowed [json-pointer:/blocks]',
  },
  'unknown block': {
    blocks: [{ type: 'sparkline' }],
    because: 'unsupported block type: sparkline [json-pointer:/blocks/0/type]',
  },
  'inherited name as type': { blocks: [{ type: 'toString' }], because: 'unsupported block type' },
  'unknown property': { blocks: [{ type: 'divider', colour: 'red' }], because: 'invalid additional property: colour' },
  'section without text': { blocks: [{ type: 'section' }], because: 'missing required field: text or fields' },
  'section too long': {
    blocks: [{ type: 'section', text: mrkdwn(long(3_001)) }],
    because: 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  },
  'empty text': { blocks: [{ type: 'section', text: mrkdwn('') }], because: 'must be more than 0 characters' },
  'eleven fields': {
    blocks: [{ type: 'section', fields: many(11, () => mrkdwn('x')) }],
    because: 'no more than 10 items',
  },
  'long field': { blocks: [{ type: 'section', fields: [mrkdwn(long(2_001))] }], because: 'less than 2001' },
  'long header': { blocks: [{ type: 'header', text: plain(long(151)) }], because: 'less than 151' },
  'mrkdwn header': { blocks: [{ type: 'header', text: mrkdwn('x') }], because: 'unsupported text type: mrkdwn' },
  'eleven context elements': {
    blocks: [{ type: 'context', elements: many(11, () => mrkdwn('x')) }],
    because: 'no more than 10',
  },
  'button in context': {
    blocks: [{ type: 'context', elements: [button()] }],
    because: 'unsupported text type: button',
  },
  '26 buttons': { blocks: [actions(...many(26, (i) => button({ action_id: `a${i}` })))], because: 'no more than 25' },
  'same action twice': { blocks: [actions(button(), button())], because: '`action_id` must be unique' },
  'unknown element': { blocks: [actions({ type: 'slider' })], because: 'unsupported element type: slider' },
  'long button': { blocks: [actions(button({ text: plain(long(76)) }))], because: 'less than 76' },
  'long value': { blocks: [actions(button({ value: long(2_001) }))], because: 'less than 2001' },
  'long action id': { blocks: [actions(button({ action_id: long(256) }))], because: 'less than 256' },
  'long block id': { blocks: [{ type: 'divider', block_id: long(256) }], because: 'less than 256' },
  'wrong style': { blocks: [actions(button({ style: 'loud' }))], because: 'must be a valid enum value' },
  'long confirm title': {
    blocks: [actions(button({ confirm: confirm({ title: plain(long(101)) }) }))],
    because: 'less than 101',
  },
  'long confirm text': {
    blocks: [actions(button({ confirm: confirm({ text: plain(long(301)) }) }))],
    because: 'less than 301',
  },
  'long confirm button': {
    blocks: [actions(button({ confirm: confirm({ deny: plain(long(31)) }) }))],
    because: 'less than 31',
  },
  '101 options': { blocks: [actions(menu(many(101, (i) => option(`${i}`))))], because: 'no more than 100' },
  'no options': {
    blocks: [actions({ type: 'static_select' })],
    because: 'missing required field: options or option_groups',
  },
  'initial option not offered': {
    blocks: [actions(menu([option('1')], { initial_option: option('2') }))],
    because: 'initial_option must be one of the options',
  },
  'overflow of six': {
    blocks: [actions({ type: 'overflow', options: many(6, (i) => option(`${i}`)) })],
    because: 'no more than 5',
  },
  'image without alt text': {
    blocks: [{ type: 'image', image_url: 'http://x/y.png' }],
    because: 'missing required field: alt_text',
  },
  'same block id twice': {
    blocks: [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    because: 'already exists [json-pointer:/blocks/1/block_id]',
  },
  'alert in a message': { blocks: [{ type: 'alert', text: plain('x') }], because: 'unsupported block type: alert' },
  'table of 101 rows': { blocks: [{ type: 'table', rows: grid(101, 1) }], because: 'no more than 100' },
  'table of 21 columns': { blocks: [{ type: 'table', rows: grid(1, 21) }], because: 'no more than 20' },
  'two tables': {
    blocks: [
      { type: 'table', rows: grid(1, 1) },
      { type: 'table', rows: grid(1, 1) },
    ],
    because: 'only_one_table_allowed',
  },
  'data table of 101 rows and a header': { blocks: [dataTable(grid(102, 1))], because: 'no more than 101' },
  'data table without rows': { blocks: [dataTable(grid(1, 1))], because: 'no less than 2' },
  'data table of uneven rows': {
    blocks: [dataTable([[cell('a')], [cell('b'), cell('c')]])],
    because: 'same number of cells',
  },
  'data table of 10,001 characters': { blocks: [dataTable(grid(2, 1, long(5_001)))], because: 'less than 10001' },
  'two data tables of 10,001 characters together': {
    blocks: [dataTable(grid(2, 1, long(2_501))), dataTable(grid(2, 1, long(2_500)))],
    because: 'less than 10001',
  },
  'data table without caption': {
    blocks: [{ type: 'data_table', rows: grid(2, 1) }],
    because: 'missing required field: caption',
  },
  'three charts': { blocks: [line(1, 1), line(1, 1), line(1, 1)], because: 'no more than 2 data_visualization blocks' },
  'seven series': { blocks: [line(7, 1)], because: 'no more than 6' },
  '21 points': { blocks: [line(1, 21)], because: 'no more than 20' },
  'empty slice': { blocks: [pie([{ label: 'a', value: 0 }])], because: 'must be between' },
  'long slice name': { blocks: [pie([{ label: long(21), value: 1 }])], because: 'less than 21' },
  'labels beside the axis': {
    blocks: [{ ...line(1, 2), chart: { ...line(1, 2).chart, axis_config: { categories: ['t0', 'else'] } } }],
    because: 'labels must match axis_config.categories',
  },
};

describe('a message', () => {
  test.each(Object.entries(accepted))('may hold: %s', (_name, blocks) => {
    expect(validateBlocks(blocks, 'message')).toEqual([]);
  });

  test.each(Object.entries(refused))('may not hold: %s', (_name, { blocks, because }) => {
    expect(validateBlocks(blocks, 'message')).toContainEqual(expect.stringContaining(because));
  });

  test('is refused with reasons', async () => {
    const client = clientOf(await startSandbox());
    const call = client.chat.postMessage({
      channel: 'C0ALERTS',
      text: 'x',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: long(151) } }],
    });
    expect(await reasonsOf(call)).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ]);
  });
});

describe('a modal', () => {
  const modal = (extra: object = {}) => ({ type: 'modal', title: plain('Ban'), blocks: [], ...extra });
  const text = { type: 'plain_text_input', action_id: 'a' };

  test.each<[string, object]>([
    ['a hundred blocks', { blocks: many(100, () => ({ type: 'divider' })) }],
    [
      'an input with a submit button',
      { submit: plain('Go'), blocks: [input(text, { optional: true, hint: plain('x') })] },
    ],
    ['an alert', { blocks: [{ type: 'alert', level: 'warning', text: mrkdwn('Careful') }] }],
    ['a title of 24 characters', { title: plain(long(24)), private_metadata: long(3_000), notify_on_close: true }],
  ])('may hold %s', (_name, extra) => {
    expect(validateView(modal(extra), 'modal')).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      '101 blocks',
      { blocks: many(101, () => ({ type: 'divider' })) },
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    ['an input without submit', { blocks: [input(text)] }, 'missing required field: submit'],
    ['a chart', { blocks: [line(1, 1)] }, 'unsupported block type: data_visualization'],
    ['a data table', { blocks: [dataTable(grid(2, 1))] }, 'unsupported block type: data_table'],
    ['a long title', { title: plain(long(25)) }, 'less than 25 characters [json-pointer:/view/title/text]'],
    ['a long submit', { submit: plain(long(25)) }, 'less than 25'],
    ['a long close', { close: plain(long(25)) }, 'less than 25'],
    ['long metadata', { private_metadata: long(3_001) }, 'less than 3001'],
    ['a long label', { submit: plain('Go'), blocks: [input(text, { label: plain(long(2_001)) })] }, 'less than 2001'],
    ['a button as input', { submit: plain('Go'), blocks: [input(button())] }, 'unsupported element type: button'],
    ['the type home', { type: 'home' }, 'must be a valid enum value (modal)'],
  ])('may not hold %s', (_name, extra, because) => {
    expect(validateView(modal(extra), 'modal')).toContainEqual(expect.stringContaining(because));
  });

  test('has a title, and no more of it on Home', () => {
    expect(validateView({ type: 'modal', blocks: [] }, 'modal')).toEqual([
      '[ERROR] missing required field: title [json-pointer:/view]',
    ]);
    expect(validateView({ type: 'home', blocks: [], title: plain('x') }, 'home')).toEqual([
      '[ERROR] invalid additional property: title [json-pointer:/view]',
    ]);
    expect(validateView(null, 'modal')).not.toEqual([]);
  });
});
