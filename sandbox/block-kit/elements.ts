import {
  anyText,
  choiceOption,
  confirm,
  eitherOptionsOrGroups,
  id,
  initialAmongOptions,
  menuOption,
  overflowOption,
  plainText,
  staticOptions,
} from './composition.ts';
import { limits } from './limits.ts';
import { anything, bool, byType, choice, list, number, object, oneOfFields, type Rule, string } from './shape.ts';

const actionable = { action_id: id };
const asked = { ...actionable, confirm };
const focusable = { focus_on_load: bool };
const placeholder = { placeholder: plainText(limits.placeholder) };
const menu = { ...asked, ...focusable, ...placeholder };
const many = { max_selected_items: number({ min: 1, integer: true }) };
const typed = {
  ...actionable,
  ...focusable,
  ...placeholder,
  initial_value: string({ min: 0 }),
  dispatch_action_config: object({
    trigger_actions_on: list(choice('on_enter_pressed', 'on_character_entered'), { max: 2 }),
  }),
};
const date = string({ pattern: /^\d{4}-\d\d-\d\d$/ });
const filter = object({}, { include: list(string()), exclude_external_shared_channels: bool, exclude_bot_users: bool });
const ids = list(string());
const choices = { options: list(choiceOption, { max: limits.choiceOptions }) };

const image = object(
  { alt_text: string({ max: limits.altText }) },
  { image_url: string({ max: limits.imageUrl }), slack_file: anything },
  oneOfFields(['image_url', 'slack_file'], { exactly: true }),
);

const button = object(
  { text: plainText(limits.buttonText) },
  {
    ...asked,
    value: string({ max: limits.buttonValue }),
    url: string({ max: limits.buttonUrl }),
    style: choice('primary', 'danger'),
    accessibility_label: string({ max: limits.accessibilityLabel }),
  },
);

/** Elements that a person clicks or picks from; each makes a `block_actions` payload. */
const interactive: Record<string, Rule> = {
  button,
  overflow: object({ options: list(overflowOption, { max: limits.overflowOptions }) }, asked),
  checkboxes: object(choices, { ...asked, ...focusable, initial_options: list(choiceOption) }, initialAmongOptions),
  radio_buttons: object(choices, { ...asked, ...focusable, initial_option: choiceOption }, initialAmongOptions),
  datepicker: object({}, { ...menu, initial_date: date }),
  timepicker: object({}, { ...menu, initial_time: string({ pattern: /^\d\d:\d\d$/ }), timezone: string() }),
  datetimepicker: object({}, { ...asked, ...focusable, initial_date_time: number({ min: 1e9, max: 9_999_999_999 }) }),
  static_select: object(
    {},
    { ...menu, ...staticOptions, initial_option: menuOption },
    eitherOptionsOrGroups,
    initialAmongOptions,
  ),
  multi_static_select: object(
    {},
    { ...menu, ...many, ...staticOptions, initial_options: list(menuOption) },
    eitherOptionsOrGroups,
    initialAmongOptions,
  ),
  external_select: object({}, { ...menu, initial_option: menuOption, min_query_length: number({ min: 0 }) }),
  multi_external_select: object(
    {},
    { ...menu, ...many, initial_options: list(menuOption), min_query_length: number({ min: 0 }) },
  ),
  users_select: object({}, { ...menu, initial_user: string() }),
  multi_users_select: object({}, { ...menu, ...many, initial_users: ids }),
  channels_select: object({}, { ...menu, initial_channel: string(), response_url_enabled: bool }),
  multi_channels_select: object({}, { ...menu, ...many, initial_channels: ids }),
  conversations_select: object(
    {},
    {
      ...menu,
      initial_conversation: string(),
      default_to_current_conversation: bool,
      response_url_enabled: bool,
      filter,
    },
  ),
  multi_conversations_select: object(
    {},
    { ...menu, ...many, initial_conversations: ids, default_to_current_conversation: bool, filter },
  ),
};

const { button: _button, overflow: _overflow, ...pickers } = interactive;

/** What an input block may hold. */
const inputs: Record<string, Rule> = {
  ...pickers,
  plain_text_input: object(
    {},
    {
      ...typed,
      multiline: bool,
      min_length: number({ min: 0, max: limits.inputLength, integer: true }),
      max_length: number({ min: 1, max: limits.inputLength, integer: true }),
    },
  ),
  email_text_input: object({}, typed),
  url_text_input: object({}, typed),
  number_input: object({ is_decimal_allowed: bool }, { ...typed, min_value: string(), max_value: string() }),
  rich_text_input: object({}, { ...typed, initial_value: anything }),
  file_input: object({}, { ...actionable, filetypes: list(string()), max_files: number({ min: 1, max: 10 }) }),
};

export const actionElement = byType(interactive, 'element');
export const accessory = byType({ ...interactive, image }, 'element');
export const inputElement = byType(inputs, 'element');
export const contextElement: Rule = (value, at, problems) => {
  const isImage = typeof value === 'object' && value !== null && 'type' in value && value.type === 'image';
  (isImage ? image : anyText(limits.sectionField))(value, at, problems);
};
