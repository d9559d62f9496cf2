import { accessPathOfProvider } from './access-path.ts';
import type { Adapter } from './adapter.ts';
import { textsOfRequest } from './chat-messages.ts';
import { timeOfMs } from './event-time.ts';
import { at, countOf, type Fields, fieldsOf, firstText, textOf } from './field.ts';
import { outcomeOfStatus } from './outcome.ts';

/** What Kong's log plugins (file-log, http-log, …) write of a request that the AI Proxy handled. */
export const kong: Adapter = { name: 'kong', adapt: (value) => exchangesOf(value as Fields) };

function exchangesOf(entry: Fields): object[] {
  const ai = fieldsOf(entry['ai']) ?? {};
  // Older versions have the same figures under each plugin's name.
  const proxy =
    fieldsOf(ai['proxy']) ?? Object.values(ai).find((part) => at(part, 'meta', 'request_model') !== undefined);
  // A request that no AI plugin saw.
  if (proxy === undefined) return [];
  const usage = fieldsOf(at(proxy, 'usage')) ?? {};
  const asked = textsOfRequest(at(proxy, 'payload', 'request') ?? at(ai, 'payload', 'request'));
  return [
    {
      id: at(entry, 'request', 'id') ?? at(entry, 'response', 'headers', 'x-kong-request-id'),
      occurred_at: timeOfMs(entry['started_at']),
      account_id: firstText(
        at(entry, 'consumer', 'custom_id'),
        at(entry, 'consumer', 'id'),
        at(entry, 'authenticated_entity', 'consumer_id'),
      ),
      api_key_id: textOf(at(entry, 'authenticated_entity', 'id')),
      model: firstText(at(proxy, 'meta', 'request_model'), at(proxy, 'meta', 'response_model')),
      access_path: accessPathOfProvider(at(proxy, 'meta', 'provider_name')),
      client_address: textOf(entry['client_ip']),
      user_agent: textOf(at(entry, 'request', 'headers', 'user-agent')),
      input_tokens: countOf(usage['prompt_tokens'] ?? usage['prompt_token']),
      output_tokens: countOf(usage['completion_tokens'] ?? usage['completion_token']),
      reasoning_tokens: countOf(at(usage, 'completion_tokens_details', 'reasoning_tokens')),
      outcome: outcomeOfStatus(at(entry, 'response', 'status')),
      ...asked,
    },
  ];
}
