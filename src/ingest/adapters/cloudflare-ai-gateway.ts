import { accessPathOfProvider } from './access-path.ts';
import type { Adapter } from './adapter.ts';
import { at, countOf, elementsOf, type Fields, fieldsOf, textOf } from './field.ts';
import { outcomeOfStatus } from './outcome.ts';

/**
 * Logs of Cloudflare AI Gateway, as its API lists them: one log a line, or the whole answer. The account is what the
 * operator put into the request's metadata under `account_id`.
 */
export const cloudflareAiGateway: Adapter = {
  name: 'cloudflare-ai-gateway',
  longestLineBytes: 4 * 1024 * 1024,
  adapt(value) {
    const { result } = value as Fields;
    return (result === undefined ? [value] : elementsOf(result)).map((log) => exchangeOf(fieldsOf(log) ?? {}));
  },
};

function exchangeOf(log: Fields): object {
  const { metadata } = log;
  return {
    id: log['id'],
    occurred_at: log['created_at'],
    account_id: named(at(metadata, 'account_id')),
    api_key_id: named(at(metadata, 'api_key_id')),
    model: log['model'],
    access_path: accessPathOfProvider(log['provider']),
    client_address: named(at(metadata, 'client_address')),
    conversation_id: named(at(metadata, 'conversation_id')),
    input_tokens: countOf(log['tokens_in']),
    output_tokens: countOf(log['tokens_out']),
    outcome: outcomeOfStatus(log['status_code']) ?? (log['success'] === false ? 'error' : undefined),
  };
}

/** Values of metadata may be numbers. */
function named(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value);
}
