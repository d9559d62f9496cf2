import { describe, expect, it } from 'vitest';
import { read } from './reading.ts';

/** As `row_to_json` gives it, with prompts stored; long strings are LiteLLM's to cut. */
const row = {
  request_id: 'chatcmpl-1',
  call_type: 'acompletion',
  api_key: '88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b',
  spend: 0.0021,
  total_tokens: 150,
  prompt_tokens: 100,
  completion_tokens: 50,
  startTime: '2026-03-10T10:00:00.123',
  endTime: '2026-03-10T10:00:02',
  model: 'anthropic/halcyon-4-20260101',
  model_group: 'halcyon-4',
  custom_llm_provider: 'bedrock',
  user: 'user_17',
  team_id: 'team_3',
  end_user: 'customer-9',
  requester_ip_address: '198.51.100.7',
  session_id: 'session-1',
  status: 'success',
  request_tags: ['prod', 'User-Agent: OpenAI', 'User-Agent: OpenAI/Python 1.65.4'],
  metadata: { status: 'success', usage_object: { completion_tokens_details: { reasoning_tokens: 30 } } },
  messages: {},
  response: { choices: [{ finish_reason: 'stop' }] },
  proxy_server_request: {
    model: 'halcyon-4',
    messages: [
      { role: 'system', content: 'You are terse.' },
      { role: 'user', content: 'First question?' },
      { role: 'assistant', content: 'An answer.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Second question?' },
          { type: 'image_url', image_url: {} },
        ],
      },
    ],
  },
};

describe('litellm', () => {
  it('reads a row of SpendLogs', () => {
    expect(read('litellm', row)).toEqual([
      {
        id: 'chatcmpl-1',
        occurred_at: Date.parse('2026-03-10T10:00:00.123Z'),
        account_id: 'user_17',
        api_key_id: row.api_key,
        model: 'halcyon-4',
        access_path: 'bedrock',
        client_address: '198.51.100.7',
        user_agent: 'OpenAI/Python 1.65.4',
        conversation_id: 'session-1',
        end_user_id: 'customer-9',
        input_tokens: 100,
        output_tokens: 50,
        reasoning_tokens: 30,
        system_instructions: 'You are terse.',
        prompt: 'Second question?',
      },
    ]);
  });

  it('reads the same where JSON columns came as strings, or all rows as one array', () => {
    const { metadata, request_tags, proxy_server_request, response } = row;
    const columns = { metadata, request_tags, proxy_server_request, response };
    const strings = Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, JSON.stringify(value)]));
    expect(read('litellm', [{ ...row, ...strings }, row])).toEqual([...read('litellm', row), ...read('litellm', row)]);
  });

  it('takes the team, then the key, for the account where nobody owns the key', () => {
    const account = (change: object) =>
      read('litellm', { ...row, ...change }).map((it) => (it as { account_id: string }).account_id);
    expect(account({ user: '' })).toEqual(['team_3']);
    expect(account({ user: '', team_id: null })).toEqual([row.api_key]);
  });

  it.each([
    [{ status: 'failure', metadata: { error_information: { error_code: '429' } } }, 'rate_limited'],
    [{ status: 'failure', metadata: '{"error_information":{"error_code":"500"}}' }, 'error'],
    [{ status: 'failure', metadata: {} }, 'error'],
    [{ response: { choices: [{ finish_reason: 'content_filter' }] } }, 'refused'],
  ])('tells the outcome of %j', (change, outcome) => {
    expect(read('litellm', { ...row, ...change })).toMatchObject([{ outcome }]);
  });

  it('leaves out calls that ask no model for text, and refuses what lacks an account', () => {
    expect(read('litellm', { ...row, call_type: 'aembedding' })).toEqual([]);
    expect(read('litellm', { ...row, user: '', team_id: '', api_key: '' })).toEqual(['account_id: expected string']);
    expect(read('litellm', { ...row, prompt_tokens: -1, startTime: 'yesterday' })).toEqual([
      'occurred_at: wrong form; input_tokens: less than 0',
    ]);
  });

  it('reads bodies of the other APIs', () => {
    const texts = (body: object) => read('litellm', { ...row, proxy_server_request: body });
    expect(texts({ system: [{ type: 'text', text: 'S' }], messages: [{ role: 'user', content: 'Q' }] })).toMatchObject([
      { system_instructions: 'S', prompt: 'Q' },
    ]);
    expect(texts({ instructions: 'S', input: 'Q' })).toMatchObject([{ system_instructions: 'S', prompt: 'Q' }]);
    expect(
      texts({ instructions: 'S', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Q' }] }] }),
    ).toMatchObject([{ system_instructions: 'S', prompt: 'Q' }]);
    expect(texts({ contents: [{ role: 'user', parts: [{ text: 'Q' }] }] })).toMatchObject([{ prompt: 'Q' }]);
    expect(texts({ prompt: 'Q' })).toMatchObject([{ prompt: 'Q' }]);
  });
});
