import { accessPathOfProvider } from './access-path.ts';
import type { Adapter } from './adapter.ts';
import { textsOfMessages, textsOfRequest } from './chat-messages.ts';
import { utcTime } from './event-time.ts';
import { at, countOf, elementsOf, type Fields, firstText, textOf } from './field.ts';
import { outcomeOfReasons, outcomeOfStatus } from './outcome.ts';

/** Calls that ask no model for text. */
const OTHER_CALLS = /embed|image|speech|transcri|moderat|rerank|file|batch|ocr|mcp|vector|search|video|health/i;
const AGENT_TAG = 'User-Agent: ';

/** Rows of LiteLLM's table `LiteLLM_SpendLogs`, as JSON. */
export const litellm: Adapter = { name: 'litellm', adapt: (value) => exchangesOf(value as Fields) };

function exchangesOf(row: Fields): object[] {
  if (OTHER_CALLS.test(textOf(row['call_type']) ?? '')) return [];
  const { metadata } = row;
  const asked = textsOfRequest(row['proxy_server_request']);
  const logged = textsOfMessages(row['messages']);
  return [
    {
      id: row['request_id'],
      occurred_at: utcTime(row['startTime']),
      account_id: firstText(row['user'], row['team_id'], row['api_key']),
      api_key_id: textOf(row['api_key']),
      model: firstText(row['model_group'], row['model']),
      access_path: accessPathOfProvider(row['custom_llm_provider']),
      client_address: textOf(row['requester_ip_address']),
      user_agent: userAgentOf(row['request_tags']),
      conversation_id: textOf(row['session_id']),
      end_user_id: textOf(row['end_user']),
      input_tokens: countOf(row['prompt_tokens']),
      output_tokens: countOf(row['completion_tokens']),
      reasoning_tokens: countOf(reasoningTokensOf(metadata)),
      outcome: outcomeOf(row),
      system_instructions: asked.system_instructions ?? logged.system_instructions,
      prompt: asked.prompt ?? logged.prompt,
    },
  ];
}

/** The most exact of the tags that LiteLLM makes of the header: with the version, where it knew one. */
function userAgentOf(tags: unknown): string | undefined {
  const agents = elementsOf(tags)
    .filter((tag): tag is string => typeof tag === 'string' && tag.startsWith(AGENT_TAG))
    .map((tag) => tag.slice(AGENT_TAG.length));
  return textOf(agents.toSorted((a, b) => b.length - a.length)[0]);
}

function reasoningTokensOf(metadata: unknown): unknown {
  const of = (usage: string) => at(metadata, usage, 'completion_tokens_details', 'reasoning_tokens');
  return of('usage_object') ?? of('additional_usage_values');
}

function outcomeOf(row: Fields): string | undefined {
  const failed = row['status'] === 'failure' || at(row['metadata'], 'status') === 'failure';
  if (failed) return outcomeOfStatus(at(row['metadata'], 'error_information', 'error_code')) ?? 'error';
  return outcomeOfReasons(elementsOf(at(row['response'], 'choices')).map((choice) => at(choice, 'finish_reason')));
}
