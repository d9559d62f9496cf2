import type { Adapter } from './adapter.ts';
import { countOf, type Fields, firstText, textOf } from './field.ts';
import { outcomeOfStatus } from './outcome.ts';

/**
 * Envoy AI Gateway's access log in JSON, with the names of its documentation (`gen_ai.…`, formerly `genai_…`), and
 * `retort.…` for what an operator adds to the log's format.
 */
export const envoyAiGateway: Adapter = {
  name: 'envoy-ai-gateway',
  adapt: (value) => exchangesOf(value as Fields),
};

function exchangesOf(entry: Fields): object[] {
  const model = firstText(entry['gen_ai.request.model'], entry['genai_model_name']);
  // The same log tells of tools (MCP) and of whatever else passes the gateway.
  if (model === undefined) return [];
  return [
    {
      id: entry['x-request-id'],
      occurred_at: entry['start_time'],
      account_id: entry['retort.account_id'],
      api_key_id: textOf(entry['retort.api_key_id']),
      model,
      client_address: addressOf(entry),
      user_agent: textOf(entry['user-agent']),
      tls_ja4: textOf(entry['retort.tls_ja4']),
      conversation_id: textOf(entry['session.id']),
      input_tokens: countOf(entry['gen_ai.usage.input_tokens'] ?? entry['genai_tokens_input']),
      output_tokens: countOf(entry['gen_ai.usage.output_tokens'] ?? entry['genai_tokens_output']),
      outcome: outcomeOfStatus(entry['response_code']) ?? 'error',
    },
  ];
}

/** The first of the forwarded addresses is the client's word; without any, whoever connected, less its port. */
function addressOf(entry: Fields): string | undefined {
  const forwarded = textOf(entry['x-forwarded-for'])?.split(',')[0]?.trim();
  return forwarded ?? textOf(entry['downstream_remote_address'])?.replace(/^\[?(.*?)\]?:\d+$/, '$1');
}
