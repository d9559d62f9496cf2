import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { cleanText } from '../escape-text.ts';
import { type Block, section } from './block.ts';
import type { Message } from './message.ts';
import { tableLines } from './table.ts';

export type Modal = ModalView;

/** What Slack takes: 100 blocks in a modal. */
const MOST_BLOCKS = 100;

/**
 * A form over the conversation. `form` is `<verb>.<form>`, `value` comes back with the submission and holds no more
 * than what names the subject; what people fill in comes back by the names of the inputs.
 */
export function formModal(form: {
  form: string;
  value: string;
  title: string;
  submit: string;
  blocks: readonly (Block | InputBlock)[];
}): Modal {
  return {
    type: 'modal',
    callback_id: form.form,
    private_metadata: form.value,
    title: plain(form.title, 24),
    submit: plain(form.submit, 24),
    close: plain('Cancel', 24),
    blocks: asModalBlocks(form.blocks),
  };
}

/** A modal that only tells: what a form led to, or what was asked for within another modal. */
export function noticeModal({ blocks }: Message, title = 'Retort'): Modal {
  return { type: 'modal', title: plain(title, 24), close: plain('Close', 24), blocks: asModalBlocks(blocks) };
}

export interface TextInput {
  name: string;
  label: string;
  hint?: string;
  initial?: string;
  /** Longest text, in characters. */
  max?: number;
  lines?: 'one' | 'many';
  optional?: boolean;
}

export function textInput({ name, label, hint, initial, max, lines = 'one', optional = false }: TextInput): InputBlock {
  return {
    ...labelled(name, label, hint, optional),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      multiline: lines === 'many',
      ...(max === undefined ? {} : { max_length: max }),
      ...(initial === undefined ? {} : { initial_value: initial }),
    },
  };
}

export interface Choice {
  value: string;
  label: string;
}

/** One of several, the first unless `initial` names another. */
export function choiceInput(input: {
  name: string;
  label: string;
  hint?: string;
  choices: readonly [Choice, ...Choice[]];
  initial?: string;
  /** A control that is told of each choice at once, and may answer with the modal as it is then. */
  control?: string;
}): InputBlock {
  const { name, label, hint, choices, initial, control } = input;
  return {
    ...labelled(name, label, hint, false),
    ...(control === undefined ? {} : { dispatch_action: true }),
    element: {
      type: 'static_select',
      action_id: control ?? 'value',
      options: choices.map(option),
      initial_option: option(choices.find(({ value }) => value === initial) ?? choices[0]),
    },
  };
}

/** Somebody of the workspace: comes back as a user's id. */
export function personInput({ name, label, initial }: { name: string; label: string; initial?: string }): InputBlock {
  return {
    ...labelled(name, label, undefined, false),
    element: { type: 'users_select', action_id: 'value', ...(initial === undefined ? {} : { initial_user: initial }) },
  };
}

function labelled(name: string, label: string, hint: string | undefined, optional: boolean) {
  return {
    type: 'input' as const,
    block_id: name,
    label: plain(label, 2_000),
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint, 2_000) }),
  };
}

function option({ value, label }: Choice): PlainTextOption {
  return { text: plain(label, 75), value };
}

function plain(text: string, max: number) {
  return { type: 'plain_text', text: cleanText(text, max), emoji: false } as const;
}

/** Charts and tables are for messages alone: the words beside a chart say the same, a table's are its rows. */
function asModalBlocks(blocks: readonly (Block | InputBlock)[]): ModalView['blocks'] {
  const shown = blocks.flatMap((block): ModalView['blocks'] => {
    if (block.type === 'data_visualization') return [];
    return [block.type === 'table' ? section(tableLines(block)) : block];
  });
  return shown.slice(0, MOST_BLOCKS);
}
