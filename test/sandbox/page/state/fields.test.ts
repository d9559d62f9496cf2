import { describe, expect, it } from 'vitest';
import { carryOver, problemsOf, withIds } from '../../../../sandbox/page/state/fields.ts';

const input = (element: Record<string, unknown>, rest = {}) => ({
  type: 'input',
  block_id: 'b',
  element: { action_id: 'a', ...element },
  ...rest,
});

describe('withIds', () => {
  it('names what the app left nameless, and nothing else', () => {
    expect(
      withIds([
        { type: 'actions', elements: [{ type: 'button' }, { type: 'button', action_id: 'x' }] },
        { type: 'divider', block_id: 'd' },
      ]),
    ).toEqual([
      {
        type: 'actions',
        block_id: 'block-0',
        elements: [
          { type: 'button', action_id: 'action-0-0' },
          { type: 'button', action_id: 'x' },
        ],
      },
      { type: 'divider', block_id: 'd' },
    ]);
  });
});

describe('carryOver', () => {
  it('begins with the initial values, in the shape of Slack', () => {
    expect(carryOver([input({ type: 'datepicker', initial_date: '2026-04-22' })], {})).toEqual({
      b: { a: { type: 'datepicker', selected_date: '2026-04-22' } },
    });
    expect(carryOver([input({ type: 'multi_users_select' })], {})).toEqual({
      b: { a: { type: 'multi_users_select', selected_users: [] } },
    });
  });

  it('keeps what was filled in where the field is the same, and drops what is gone', () => {
    const filled = {
      b: { a: { type: 'plain_text_input', value: 'x' } },
      old: { a: { type: 'plain_text_input', value: 'y' } },
    };
    expect(carryOver([input({ type: 'plain_text_input' })], filled)).toEqual({ b: filled.b });
    expect(carryOver([input({ type: 'number_input' })], filled)).toEqual({
      b: { a: { type: 'number_input', value: null } },
    });
  });

  it('holds no state for buttons', () => {
    expect(carryOver([{ type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id: 'a' }] }], {})).toEqual(
      {},
    );
  });
});

const problem = (element: Record<string, unknown>, value: unknown, rest = {}) => {
  const key = element['type'] === 'users_select' ? 'selected_user' : 'value';
  return problemsOf([input(element, rest)], { b: { a: { type: element['type'], [key]: value } } })['b'];
};

describe('problemsOf', () => {
  it('asks for what is required, and not for what is optional', () => {
    expect(problem({ type: 'users_select' }, null)).toBe('Please complete this required field.');
    expect(problem({ type: 'users_select' }, null, { optional: true })).toBeUndefined();
  });

  it.each([
    [{ type: 'plain_text_input', min_length: 3 }, 'ab', 'Write at least 3 characters.'],
    [{ type: 'plain_text_input', max_length: 3 }, 'abcd', 'Write at most 3 characters (now 4).'],
    [{ type: 'number_input', is_decimal_allowed: false }, '1.5', 'Enter a whole number.'],
    [{ type: 'number_input', is_decimal_allowed: true, max_value: '2' }, '2.5', 'Enter 2 or less.'],
    [{ type: 'number_input', is_decimal_allowed: true }, 'x', 'Enter a number.'],
    [{ type: 'email_text_input' }, 'ada', 'Enter an email address.'],
    [{ type: 'url_text_input' }, 'example', 'Enter a full address, beginning with https://.'],
  ])('checks %j', (element, value, words) => {
    expect(problem(element, value)).toBe(words);
  });
});
