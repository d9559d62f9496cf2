import type { Message } from '../../../../sandbox/page-api.ts';

type Json = Record<string, unknown>;

const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const plain = (text: string): Json => ({ type: 'plain_text', text, emoji: true });
const HOURS = ['00', '02', '04', '06', '08', '10', '12', '14', '16', '18', '20', '22'];
const CAMPAIGN = [210, 380, 640, 910, 1480, 2210, 2890, 3120, 3340, 3615, 3790, 3955];
const OTHERS = [5120, 4480, 4010, 4210, 6120, 8840, 9760, 9910, 9480, 9020, 8110, 6650];

const chart: Json = {
  type: 'data_visualization',
  block_id: 'chart',
  title: 'Exchanges per two hours, 22 April',
  chart: {
    type: 'area',
    series: [
      { name: 'Everyone else', data: HOURS.map((label, at) => ({ label: `${label}:00`, value: OTHERS[at] })) },
      { name: 'Campaign', data: HOURS.map((label, at) => ({ label: `${label}:00`, value: CAMPAIGN[at] })) },
    ],
    axis_config: {
      categories: HOURS.map((hour) => `${hour}:00`),
      x_label: 'Start of the window (UTC)',
      y_label: 'Exchanges',
    },
  },
};

const accounts: Json = {
  type: 'data_table',
  block_id: 'accounts',
  caption: 'Accounts by exchanges',
  page_size: 5,
  rows: [
    ['Account', 'Exchanges', 'Instrument', 'Since'].map((text) => ({ type: 'raw_text', text })),
    ...[412, 39, 1204, 97, 288, 56, 733].map((count, at) => [
      { type: 'raw_text', text: `acct_${String(at + 1).padStart(4, '0')}` },
      { type: 'raw_number', value: count, text: count.toLocaleString('en') },
      { type: 'raw_text', text: `virtual card ${at % 3}` },
      { type: 'raw_text', text: '22 Apr' },
    ]),
  ],
};

const evidence: Json = {
  type: 'table',
  block_id: 'evidence',
  column_settings: [{ align: 'left' }, { align: 'right' }, { is_wrapped: true }],
  rows: [
    ['Detection', 'Strength', 'What it saw'].map((text) => ({ type: 'raw_text', text })),
    ...[
      ['shared-template', '0.97', 'eight prompt templates dealt evenly over all accounts'],
      ['shared-payment', '0.91', '148 instruments, eight accounts on each'],
      ['no-night', '0.74', 'no quiet hour in four days'],
    ].map((row) => row.map((text) => ({ type: 'raw_text', text }))),
  ],
};

const header: Json = { type: 'header', block_id: 'head', text: plain('C-12 · Suspected distillation campaign') };

const actions: Json = {
  type: 'actions',
  block_id: 'controls',
  elements: [
    { type: 'button', action_id: 'ack', text: plain('Acknowledge'), style: 'primary', value: 'C-12' },
    { type: 'button', action_id: 'review', text: plain('Review & ban…'), style: 'danger', value: 'C-12' },
    {
      type: 'button',
      action_id: 'dismiss',
      text: plain('Dismiss'),
      value: 'C-12',
      confirm: {
        title: plain('Dismiss C-12?'),
        text: mrkdwn('The campaign stops alerting. This counts against `shared-template`.'),
        confirm: plain('Dismiss'),
        deny: plain('Keep it'),
        style: 'danger',
      },
    },
    {
      type: 'overflow',
      action_id: 'more',
      options: ['Escalate', 'Snooze…', 'Assign…', 'Evidence'].map((text) => ({
        text: plain(text),
        value: text.toLowerCase(),
      })),
    },
  ],
};

/** The blocks of a root alert, as the bot might send them. */
const alertBlocks: Json[] = [
  header,
  {
    type: 'section',
    block_id: 'summary',
    text: mrkdwn(
      ':rotating_light: *1,184 accounts, 31,402 exchanges* since <!date^1776816240^{date_short_pretty}, {time}|22 Apr 00:04>, about 26 a day each, _still growing_',
    ),
    fields: [
      mrkdwn('*Severity*\ncritical'),
      mrkdwn('*Confidence*\n97 %'),
      mrkdwn('*After*\nsoftware engineering, agentic reasoning'),
      mrkdwn('*On call*\n<!subteam^SABUSE>'),
    ],
  },
  evidence,
  chart,
  accounts,
  actions,
  { type: 'context', block_id: 'foot', elements: [mrkdwn('Unanswered for 12 min · next reminder 09:15 · `C-12`')] },
];

/** A root alert as a message. */
export function alertMessage(ts: string): Message {
  const text = 'C-12: suspected distillation campaign, critical, 97 % sure: 1,184 accounts, 31,402 exchanges';
  return {
    ts,
    channel: 'CALERT',
    user: 'UBOT',
    text,
    blocks: alertBlocks,
    reply_count: 2,
    reactions: [{ name: 'eyes', users: ['UBEN'] }],
  };
}
