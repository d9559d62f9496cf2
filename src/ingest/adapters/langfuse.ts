import type { Adapter } from './adapter.ts';
import { textsOfMessages, textsOfRequest } from './chat-messages.ts';
import { utcTime } from './event-time.ts';
import { at, countOf, elementsOf, type Fields, fieldsOf, firstText, textOf } from './field.ts';

/** Rows of Langfuse's blob storage export, the enriched observations (`observations_v2/`) as JSONL. */
export const langfuse: Adapter = { name: 'langfuse', adapt: (value) => exchangesOf(value as Fields) };

function exchangesOf(row: Fields): object[] {
  // Spans, tools, agents and the like ask no model themselves.
  if (row['type'] !== 'GENERATION') return [];
  const { metadata, input } = row;
  return [
    {
      id: row['id'],
      occurred_at: utcTime(row['start_time']),
      account_id: firstText(at(metadata, 'account_id'), row['user_id']),
      api_key_id: textOf(at(metadata, 'api_key_id')),
      model: textOf(row['provided_model_name']),
      client_address: textOf(at(metadata, 'client_address')),
      user_agent: textOf(at(metadata, 'user_agent')),
      conversation_id: textOf(row['session_id']),
      end_user_id: at(metadata, 'account_id') === undefined ? undefined : textOf(row['user_id']),
      input_tokens: countOf(at(row['usage_details'], 'input')),
      output_tokens: countOf(at(row['usage_details'], 'output')),
      reasoning_tokens: countOf(at(row['usage_details'], 'reasoning_tokens')),
      outcome: row['level'] === 'ERROR' ? 'error' : undefined,
      ...textsOf(input),
    },
  ];
}

/** Messages, a request's body, or plain text. */
function textsOf(input: unknown): object {
  if (elementsOf(input).length > 0) return textsOfMessages(input);
  return fieldsOf(input) === undefined ? { prompt: textOf(input) } : textsOfRequest(input);
}
