import { readArray, readNumber, readString } from '../text/read-json.ts';

type Json = Record<string, unknown>;

/** Of each element that holds a value: the key of the value in Slack's state, and of its initial value in the block. */
const KEYS: Record<string, readonly [value: string, initial: string, empty: null | readonly []]> = {
  plain_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  users_select: ['selected_user', 'initial_user', null],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  channels_select: ['selected_channel', 'initial_channel', null],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  checkboxes: ['selected_options', 'initial_options', []],
  multi_users_select: ['selected_users', 'initial_users', []],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
};

/** The key under which Slack reports an element's value; undefined for one that holds none, like a button. */
export function valueKey(element: Json): string | undefined {
  return KEYS[readString(element['type'])]?.[0];
}

/** An element's state before anyone touched it, in Slack's shape; null for one that holds no value. */
export function emptyValue(element: Json): Json | null {
  const keys = KEYS[readString(element['type'])];
  if (!keys) return null;
  const [value, initial, empty] = keys;
  return { type: element['type'], [value]: element[initial] ?? empty };
}

function lengthProblem(element: Json, value: string): string | null {
  const [min, max] = [readNumber(element['min_length']), readNumber(element['max_length'])];
  if (value.length < min) return `Write at least ${min} characters.`;
  return max > 0 && value.length > max ? `Write at most ${max} characters (now ${value.length}).` : null;
}

function numberProblem(element: Json, value: string): string | null {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return 'Enter a number.';
  if (element['is_decimal_allowed'] !== true && !Number.isInteger(number)) return 'Enter a whole number.';
  const [min, max] = [readString(element['min_value']), readString(element['max_value'])];
  if (min !== '' && number < Number(min)) return `Enter ${min} or more.`;
  return max !== '' && number > Number(max) ? `Enter ${max} or less.` : null;
}

function textProblem(element: Json, value: string): string | null {
  switch (element['type']) {
    case 'plain_text_input':
      return lengthProblem(element, value);
    case 'number_input':
      return numberProblem(element, value);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+$/.test(value) ? null : 'Enter an email address.';
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Enter a full address, beginning with https://.';
    default:
      return null;
  }
}

/** What is wrong with a value, in words for the person; null where it may be sent. */
export function valueProblem(element: Json, state: Json, required: boolean): string | null {
  const value = state[valueKey(element) ?? ''] ?? null;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return required ? 'Please complete this required field.' : null;
  const most = readNumber(element['max_selected_items']);
  if (most > 0 && readArray(value).length > most) return `Choose at most ${most}.`;
  return typeof value === 'string' ? textProblem(element, value) : null;
}
