import { expect, it } from 'vitest';
import { read } from './reading.ts';

/** The example of the gateway's documentation, with what an operator must add: who asks. */
const entry = {
  bytes_received: 105,
  bytes_sent: 432,
  downstream_remote_address: '127.0.0.1:64484',
  duration: 1526,
  'gen_ai.provider.name': 'default/provider/route/run/rule/0/ref/0',
  'gen_ai.request.model': 'halcyon-4',
  'gen_ai.usage.input_tokens': 15,
  'gen_ai.usage.output_tokens': 7,
  method: 'POST',
  response_code: 200,
  response_flags: '-',
  start_time: '2026-03-10T10:00:00.894Z',
  'user-agent': 'curl/8.7.1',
  'x-envoy-origin-path': '/v1/chat/completions',
  'x-forwarded-for': '198.51.100.7, 10.0.0.1',
  'x-request-id': '83b63da3-45a9-4196-98b8-1a7f697d6d8d',
  'retort.account_id': 'acct_1',
};

const exchange = {
  id: '83b63da3-45a9-4196-98b8-1a7f697d6d8d',
  occurred_at: Date.parse('2026-03-10T10:00:00.894Z'),
  account_id: 'acct_1',
  model: 'halcyon-4',
  client_address: '198.51.100.7',
  user_agent: 'curl/8.7.1',
  input_tokens: 15,
  output_tokens: 7,
  outcome: 'completed',
};

it('reads an entry of the access log', () => {
  expect(read('envoy-ai-gateway', entry)).toEqual([exchange]);
});

it('reads the older names', () => {
  const {
    'gen_ai.request.model': model,
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    ...rest
  } = entry;
  const older = { ...rest, genai_model_name: model, genai_tokens_input: input, genai_tokens_output: output };
  expect(read('envoy-ai-gateway', older)).toEqual([exchange]);
});

it('takes whoever connected for the client where nothing was forwarded, and knows failures', () => {
  const change = { 'x-forwarded-for': null, downstream_remote_address: '[2001:db8::1]:64484', response_code: 429 };
  expect(read('envoy-ai-gateway', { ...entry, ...change })).toMatchObject([
    { client_address: '2001:db8::1', outcome: 'rate_limited' },
  ]);
  // Nought: the client went before there was an answer.
  expect(read('envoy-ai-gateway', { ...entry, response_code: 0 })).toMatchObject([{ outcome: 'error' }]);
});

it('leaves out calls of tools, and refuses an entry that does not say who asks', () => {
  expect(read('envoy-ai-gateway', { ...entry, 'gen_ai.request.model': null, mcp_method: 'tools/call' })).toEqual([]);
  const { 'retort.account_id': _, ...nobody } = entry;
  expect(read('envoy-ai-gateway', nobody)).toEqual(['account_id: expected string']);
});
