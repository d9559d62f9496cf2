import { accessPathOfProvider } from './access-path.ts';
import type { Adapter } from './adapter.ts';
import { partsText, textsOfMessages } from './chat-messages.ts';
import { timeOfNanos } from './event-time.ts';
import { countOf, elementsOf, type Fields, firstText, textOf } from './field.ts';
import { type Told, toldIn } from './otlp.ts';
import { outcomeOfReasons, outcomeOfStatus } from './outcome.ts';

const MEGABYTE = 1024 * 1024;
/** Operations by which a model is asked for text. */
const ASKING = ['chat', 'generate_content', 'text_completion'];
/** The one log event that tells a whole exchange. */
const DETAILS = 'gen_ai.client.inference.operation.details';
const STATUS_ERROR = [2, 'STATUS_CODE_ERROR'];

/** OTLP in JSON, as the Collector's file exporter writes it: spans and log events with `gen_ai.*` attributes. */
export const otel: Adapter = {
  name: 'otel',
  // A line is a whole batch of the Collector's, prompts included.
  longestLineBytes: 16 * MEGABYTE,
  // Each level of a structured attribute is four or five of OTLP's.
  deepest: 128,
  adapt(value) {
    const spans = toldIn(value as Fields, 'Spans').filter(asks);
    const events = toldIn(value as Fields, 'Logs').filter(isDetails);
    return [
      ...spans.map((span) => exchangeOf(span, span.record['startTimeUnixNano'])),
      ...events.map((event) => exchangeOf(event, timeOfEvent(event))),
    ];
  },
};

/** An operation of a name of its own counts where it names the model that it asks. */
function asks({ attribute }: Told): boolean {
  const operation = attribute('gen_ai.operation.name');
  if (operation !== undefined) return (ASKING as unknown[]).includes(operation);
  return attribute('gen_ai.request.model') !== undefined;
}

function isDetails({ record, attribute }: Told): boolean {
  return (record['eventName'] ?? attribute('event.name')) === DETAILS;
}

/** Its time may be left at nought, where only the observer's is known. */
function timeOfEvent({ record }: Told): unknown {
  const own = record['timeUnixNano'];
  return own === undefined || own === 0 || own === '0' ? record['observedTimeUnixNano'] : own;
}

function exchangeOf({ record, attribute }: Told, startedAt: unknown): object {
  const chat = textsOfMessages(attribute('gen_ai.input.messages'));
  const named = textOf(attribute('retort.account_id'));
  const user = firstText(attribute('user.id'), attribute('enduser.id'));
  const system = attribute('gen_ai.system_instructions');
  const [trace, span] = [textOf(record['traceId']), textOf(record['spanId'])];
  return {
    id: trace && span ? `${trace}-${span}` : attribute('gen_ai.response.id'),
    occurred_at: timeOfNanos(startedAt),
    account_id: named ?? user,
    api_key_id: textOf(attribute('retort.api_key_id')),
    model: firstText(attribute('gen_ai.request.model'), attribute('gen_ai.response.model')),
    access_path:
      textOf(attribute('retort.access_path')) ??
      accessPathOfProvider(attribute('gen_ai.provider.name') ?? attribute('gen_ai.system')),
    client_address: textOf(attribute('client.address')),
    client_asn: countOf(attribute('retort.client_asn')),
    user_agent: textOf(attribute('user_agent.original')),
    tls_ja4: textOf(attribute('retort.tls_ja4')),
    conversation_id: textOf(attribute('gen_ai.conversation.id')),
    end_user_id: firstText(attribute('enduser.pseudo.id'), named === undefined ? undefined : user),
    input_tokens: countOf(attribute('gen_ai.usage.input_tokens') ?? attribute('gen_ai.usage.prompt_tokens')),
    output_tokens: countOf(attribute('gen_ai.usage.output_tokens') ?? attribute('gen_ai.usage.completion_tokens')),
    reasoning_tokens: countOf(attribute('gen_ai.usage.reasoning.output_tokens')),
    outcome: outcomeOf(record, attribute),
    system_instructions: textOf(instructionsText(system)) ?? chat.system_instructions,
    prompt: chat.prompt ?? textOf(attribute('gen_ai.prompt')),
    labels: attribute('retort.labels'),
    reasoning_origin_conversation_id: textOf(attribute('retort.reasoning_origin_conversation_id')),
  };
}

/** Parts, or a string of JSON with parts, or plain text. */
function instructionsText(value: unknown): string {
  const parts = elementsOf(value);
  return partsText(parts.length > 0 ? parts : value);
}

function outcomeOf(record: Fields, attribute: Told['attribute']): unknown {
  const status = outcomeOfStatus(attribute('http.response.status_code') ?? attribute('error.type'));
  const error = textOf(attribute('error.type'));
  const code = (record['status'] as Fields | undefined)?.['code'];
  if (status === 'rate_limited' || (error !== undefined && /rate.?limit|throttl/i.test(error))) return 'rate_limited';
  if (error !== undefined || STATUS_ERROR.some((known) => known === code)) return 'error';
  return outcomeOfReasons(elementsOf(attribute('gen_ai.response.finish_reasons')));
}
