import { optionsOf } from '../block-kit/composition.ts';
import { isObject, type Json } from '../block-kit/shape.ts';
import { type Block, elementsOf } from '../blocks.ts';
import type { InputState } from '../page-api.ts';

/** Per kind of element: where its value stands, where its initial value, and what an empty one holds. */
const kinds: Record<string, { value: string; initial?: string; empty?: unknown }> = {
  plain_text_input: { value: 'value', initial: 'initial_value' },
  email_text_input: { value: 'value', initial: 'initial_value' },
  url_text_input: { value: 'value', initial: 'initial_value' },
  number_input: { value: 'value', initial: 'initial_value' },
  rich_text_input: { value: 'rich_text_value', initial: 'initial_value' },
  file_input: { value: 'files', empty: [] },
  static_select: { value: 'selected_option', initial: 'initial_option' },
  external_select: { value: 'selected_option', initial: 'initial_option' },
  radio_buttons: { value: 'selected_option', initial: 'initial_option' },
  checkboxes: { value: 'selected_options', initial: 'initial_options', empty: [] },
  multi_static_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { value: 'selected_user', initial: 'initial_user' },
  multi_users_select: { value: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { value: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', empty: [] },
  conversations_select: { value: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { value: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  datepicker: { value: 'selected_date', initial: 'initial_date' },
  timepicker: { value: 'selected_time', initial: 'initial_time' },
  datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time' },
};

/** Every input of the blocks with its value: as given, else as it was at first, else empty. */
export function fullState(blocks: Block[], given: InputState): InputState {
  const state: InputState = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const kind = kinds[String(element.type)];
      if (!kind) continue;
      const blockId = String(block.block_id);
      const actionId = String(element.action_id);
      const own = given[blockId]?.[actionId];
      const initial = kind.initial === undefined ? undefined : element[kind.initial];
      const value = own && kind.value in own ? own[kind.value] : (initial ?? kind.empty ?? null);
      state[blockId] = { ...state[blockId], [actionId]: { type: element.type, [kind.value]: value } };
    }
  }
  return state;
}

/** What Slack's own form refuses before the app hears of it, by block id. */
export function formErrors(blocks: Block[], state: InputState): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    const { element } = block;
    if (block.type !== 'input' || !isObject(element)) continue;
    const id = String(block.block_id);
    const kind = kinds[String(element.type)];
    const value = kind && state[id]?.[String(element.action_id)]?.[kind.value];
    const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    const error = empty
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : refusal(element, value);
    if (error !== undefined) errors[id] = error;
  }
  return errors;
}

function refusal(element: Json, value: unknown): string | undefined {
  const { type, min_length, max_length } = element;
  if (typeof value === 'string' && type === 'plain_text_input') {
    if (typeof min_length === 'number' && value.length < min_length) return `At least ${min_length} characters.`;
    const max = typeof max_length === 'number' ? max_length : 3000;
    if (value.length > max) return `No more than ${max} characters.`;
  }
  if (type === 'number_input' && !(typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)))
    return 'Please enter a number.';
  const menus = ['static_select', 'radio_buttons', 'checkboxes', 'multi_static_select'];
  if (!menus.includes(String(type))) return undefined;
  const offered = optionsOf(element).map((option) => option.value);
  const picked = (Array.isArray(value) ? value : [value]).map((option) => isObject(option) && option.value);
  return picked.every((each) => offered.includes(each)) ? undefined : 'Please pick one of the options.';
}
