import { expect, it } from 'vitest';
import { Action, IMPOSED, STATUS_AFTER } from '../../src/campaigns/action.ts';

it('an account is suspended, banned or active after what stops or restores it, and as it was after the rest', () => {
  expect(Action.options.map((action) => [action, STATUS_AFTER[action]])).toEqual([
    ['suspend', 'suspended'],
    ['ban', 'banned'],
    ['restore', 'active'],
    ['require_verification', null],
    ['rate_limit', null],
    ['watermark', null],
  ]);
});

it('all but restoring is imposed', () => {
  expect(IMPOSED).toEqual(Action.options.filter((action) => action !== 'restore'));
});
