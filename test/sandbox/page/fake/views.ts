import type { View } from '../../../../sandbox/page-api.ts';

type Json = Record<string, unknown>;

const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string): Json => ({ text: plain(text), value: text.toLowerCase() });

/** The modal before a ban: every kind of field. */
export const banModal: View = {
  id: 'VBAN',
  type: 'modal',
  hash: '1',
  callback_id: 'ban',
  title: plain('Ban accounts of C-12'),
  submit: plain('Propose the ban'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'alert',
      block_id: 'warn',
      level: 'warning',
      text: mrkdwn('*1,184 accounts*, of which *37 pay by invoice* and *2 are on the allow-list* (left out).'),
    },
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Reason'),
      hint: plain('Goes into the audit log and to the approver.'),
      element: {
        type: 'plain_text_input',
        action_id: 'text',
        multiline: true,
        max_length: 300,
        placeholder: plain('What makes you sure?'),
      },
    },
    {
      type: 'input',
      block_id: 'extent',
      label: plain('Accounts'),
      element: {
        type: 'radio_buttons',
        action_id: 'which',
        options: [option('All'), option('Only unpaid')],
        initial_option: option('All'),
      },
    },
    {
      type: 'input',
      block_id: 'approver',
      label: plain('Approver'),
      element: { type: 'users_select', action_id: 'who', placeholder: plain('Someone else on call') },
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: plain('Undo possible until'),
      element: { type: 'datepicker', action_id: 'day', initial_date: '2026-04-24' },
    },
    {
      type: 'input',
      block_id: 'tell',
      optional: true,
      label: plain('Tell'),
      element: { type: 'multi_channels_select', action_id: 'channels', initial_channels: ['CGEN'] },
    },
    {
      type: 'input',
      block_id: 'also',
      optional: true,
      label: plain('Also'),
      element: {
        type: 'checkboxes',
        action_id: 'what',
        options: [option('Revoke keys'), option('Refund the last invoice')],
      },
    },
  ],
};

/** A second view on top of the first, as `views.push` makes. */
export const detailModal: View = {
  id: 'VDETAIL',
  type: 'modal',
  hash: '1',
  title: plain('Allow-list'),
  blocks: [{ type: 'section', block_id: 's', text: mrkdwn('Two accounts are left out.') }],
};

/** A person's Home, with a greeting that proves whose it is. */
export function homeView(name: string): View {
  const row = (id: string, words: string, button: string): Json => ({
    type: 'section',
    block_id: id,
    text: mrkdwn(words),
    accessory: { type: 'button', action_id: `open-${id}`, text: plain(button), value: id },
  });
  return {
    id: `VHOME-${name}`,
    type: 'home',
    hash: '1',
    blocks: [
      { type: 'header', block_id: 'hello', text: plain(`Your queue, ${name}`) },
      { type: 'context', block_id: 'fresh', elements: [mrkdwn('Data fresh to 08:58 · detections ran at 09:00')] },
      { type: 'divider', block_id: 'line' },
      row(
        'C-12',
        '*C-12* critical · waits for you since 09:00\n1,184 accounts, 31,402 exchanges, still growing',
        'Acknowledge',
      ),
      row('C-9', '*C-9* high · acknowledged by you\n410 → 655 accounts since yesterday', 'Open'),
      {
        type: 'rich_text',
        block_id: 'hand',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: 'The night hands over', style: { bold: true } }],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'two approvals end at 14:00, ask ' },
                  { type: 'user', user_id: 'UMEI' },
                ],
              },
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'C-7’s snooze ends tonight ' },
                  { type: 'emoji', name: 'crescent_moon' },
                ],
              },
            ],
          },
        ],
      },
    ],
  };
}
