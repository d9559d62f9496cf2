import { expect, it } from 'vitest';
import { read } from './reading.ts';

/** A row of `observations_v2/`, with the fields of the export's reference that say something of an exchange. */
const row = {
  id: 'obs-1',
  trace_id: 'trace-1',
  type: 'GENERATION',
  start_time: '2026-03-10 10:00:00.123000',
  end_time: '2026-03-10 10:00:02.000000',
  metadata: {},
  level: 'DEFAULT',
  input: '[{"role":"system","content":"S"},{"role":"user","content":"Q?"}]',
  provided_model_name: 'halcyon-4',
  usage_details: { input: 100, output: 50, total: 150, reasoning_tokens: 30 },
  user_id: 'acct_1',
  session_id: 'session-1',
};

it('reads a generation', () => {
  expect(read('langfuse', row)).toEqual([
    {
      id: 'obs-1',
      occurred_at: Date.parse('2026-03-10T10:00:00.123Z'),
      account_id: 'acct_1',
      model: 'halcyon-4',
      conversation_id: 'session-1',
      input_tokens: 100,
      output_tokens: 50,
      reasoning_tokens: 30,
      system_instructions: 'S',
      prompt: 'Q?',
    },
  ]);
});

it('reads inputs of any form', () => {
  expect(read('langfuse', { ...row, input: 'Q?' })).toMatchObject([{ prompt: 'Q?' }]);
  expect(read('langfuse', { ...row, input: '{"messages":[{"role":"user","content":"Q?"}]}' })).toMatchObject([
    { prompt: 'Q?' },
  ]);
});

it('takes the account from the metadata where the user is the account’s own', () => {
  expect(read('langfuse', { ...row, metadata: { account_id: 'acct_9' }, level: 'ERROR' })).toMatchObject([
    { account_id: 'acct_9', end_user_id: 'acct_1', outcome: 'error' },
  ]);
});

it('leaves out other observations, and refuses a generation of nobody', () => {
  expect(read('langfuse', { ...row, type: 'SPAN' })).toEqual([]);
  expect(read('langfuse', { ...row, user_id: '' })).toEqual(['account_id: expected string']);
});
