import { expect, it } from 'vitest';
import { read } from './reading.ts';

/** The example of the log plugins' documentation, shortened, with the AI Proxy's part of the audit log's. */
const entry = {
  response: { size: 9982, headers: { 'x-kong-request-id': '2f6946328ffc4946b8c9120704a4a155' }, status: 200 },
  route: { name: 'example_route' },
  client_ip: '198.51.100.7',
  consumer: { id: '0c5a', username: 'acme', custom_id: 'acct_1' },
  authenticated_entity: { id: 'cred-1', consumer_id: '0c5a' },
  request: { id: '2f6946328ffc4946b8c9120704a4a155', headers: { 'user-agent': 'HTTPie/3.2.3' }, uri: '/chat' },
  started_at: 1_773_136_800_123,
  ai: {
    proxy: {
      payload: { request: '{"messages":[{"role":"system","content":"S"},{"role":"user","content":"Q?"}]}' },
      usage: { prompt_tokens: 28, completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 5 } },
      meta: { request_model: 'halcyon-4', provider_name: 'bedrock', response_model: 'halcyon-4', llm_latency: 2670 },
    },
  },
};

it('reads a request that the AI Proxy handled', () => {
  expect(read('kong', entry)).toEqual([
    {
      id: '2f6946328ffc4946b8c9120704a4a155',
      occurred_at: 1_773_136_800_123,
      account_id: 'acct_1',
      api_key_id: 'cred-1',
      model: 'halcyon-4',
      access_path: 'bedrock',
      client_address: '198.51.100.7',
      user_agent: 'HTTPie/3.2.3',
      input_tokens: 28,
      output_tokens: 20,
      reasoning_tokens: 5,
      outcome: 'completed',
      system_instructions: 'S',
      prompt: 'Q?',
    },
  ]);
});

it('reads a batch of the HTTP log, and leaves out what no AI plugin saw', () => {
  const { ai: _, ...plain } = entry;
  expect(read('kong', [entry, plain, { ...entry, response: { status: 500 } }])).toMatchObject([
    { outcome: 'completed' },
    { outcome: 'error' },
  ]);
});

it('reads the figures under a plugin’s name, as Kong 3.8 has them', () => {
  const { usage, meta } = entry.ai.proxy;
  const older = { prompt_token: usage.prompt_tokens, completion_token: usage.completion_tokens };
  const ai = { payload: entry.ai.proxy.payload, 'ai-proxy': { usage: older, meta } };
  expect(read('kong', { ...entry, ai })).toMatchObject([{ input_tokens: 28, output_tokens: 20, prompt: 'Q?' }]);
});

it('refuses a request of nobody', () => {
  const { consumer: _, authenticated_entity: __, ...nobody } = entry;
  expect(read('kong', nobody)).toEqual(['account_id: expected string']);
});
