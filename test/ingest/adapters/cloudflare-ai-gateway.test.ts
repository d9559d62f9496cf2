import { expect, it } from 'vitest';
import { read } from './reading.ts';

/** The fields that the API's reference lists. */
const log = {
  id: '01HZ8',
  cached: false,
  created_at: '2026-03-10T10:00:00.123Z',
  duration: 812,
  metadata: '{"account_id":"acct_1","conversation_id":7}',
  model: 'halcyon-4',
  path: 'v1/messages',
  provider: 'anthropic',
  status_code: 200,
  step: 0,
  success: true,
  tokens_in: 15,
  tokens_out: 7,
};

const exchange = {
  id: '01HZ8',
  occurred_at: Date.parse('2026-03-10T10:00:00.123Z'),
  account_id: 'acct_1',
  model: 'halcyon-4',
  conversation_id: '7',
  input_tokens: 15,
  output_tokens: 7,
  outcome: 'completed',
};

it('reads a log, one a line or as the API answers', () => {
  expect(read('cloudflare-ai-gateway', log)).toEqual([exchange]);
  expect(read('cloudflare-ai-gateway', { result: [log, log], success: true })).toEqual([exchange, exchange]);
});

it('knows failures, and refuses a log without the account in its metadata', () => {
  expect(read('cloudflare-ai-gateway', { ...log, status_code: 429 })).toMatchObject([{ outcome: 'rate_limited' }]);
  expect(read('cloudflare-ai-gateway', { ...log, status_code: 0, success: false })).toMatchObject([
    { outcome: 'error' },
  ]);
  expect(read('cloudflare-ai-gateway', { ...log, metadata: '{}' })).toEqual(['account_id: expected string']);
});
