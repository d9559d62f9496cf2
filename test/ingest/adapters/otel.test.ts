import { describe, expect, it } from 'vitest';
import { everyFormat, read } from './reading.ts';

const string = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const int = (key: string, intValue: string | number) => ({ key, value: { intValue } });

const messages = [
  { role: 'system', parts: [{ type: 'text', content: 'You are terse.' }] },
  { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
  { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }] },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: 'rainy' }] },
];

const span = (attributes: object[], rest: object = {}) => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  name: 'chat halcyon-4',
  kind: 3,
  startTimeUnixNano: '1773136800123456789',
  endTimeUnixNano: '1773136802000000000',
  attributes,
  ...rest,
});
const ASKED = [string('gen_ai.operation.name', 'chat'), string('gen_ai.request.model', 'halcyon-4')];
const OURS = [...ASKED, string('user.id', 'acct_1')];
const spans = (...all: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [string('service.name', 'gateway'), string('retort.access_path', 'api')] },
      scopeSpans: [{ scope: { name: 'gateway' }, spans: all }],
    },
  ],
});

describe('otel', () => {
  it('reads a span of the semantic conventions', () => {
    const line = spans(
      span([
        ...ASKED,
        string('retort.account_id', 'acct_1'),
        string('user.id', 'their-customer'),
        string('gen_ai.provider.name', 'aws.bedrock'),
        string('gen_ai.conversation.id', 'conv-1'),
        string('client.address', '198.51.100.7'),
        string('user_agent.original', 'client/1'),
        int('retort.client_asn', '64500'),
        int('gen_ai.usage.input_tokens', '100'),
        int('gen_ai.usage.output_tokens', 180),
        int('gen_ai.usage.reasoning.output_tokens', '50'),
        { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: 'stop' }] } } },
        string('gen_ai.input.messages', JSON.stringify(messages)),
        { key: 'retort.labels', value: { arrayValue: { values: [{ stringValue: 'math' }] } } },
      ]),
    );
    expect(read('otel', line)).toEqual([
      {
        id: '5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174',
        occurred_at: 1_773_136_800_123,
        account_id: 'acct_1',
        model: 'halcyon-4',
        access_path: 'api',
        client_address: '198.51.100.7',
        client_asn: 64_500,
        user_agent: 'client/1',
        conversation_id: 'conv-1',
        end_user_id: 'their-customer',
        input_tokens: 100,
        output_tokens: 180,
        reasoning_tokens: 50,
        system_instructions: 'You are terse.',
        prompt: 'Weather in Paris?',
        labels: ['math'],
      },
    ]);
  });

  it('reads messages and instructions in structured form', () => {
    const structured = (value: unknown): object => {
      if (Array.isArray(value)) return { arrayValue: { values: value.map(structured) } };
      if (typeof value !== 'object' || value === null) return { stringValue: String(value) };
      return {
        kvlistValue: { values: Object.entries(value).map(([key, inner]) => ({ key, value: structured(inner) })) },
      };
    };
    const deep = { a: { b: { c: { d: 'an argument that nests' } } } };
    const calls = [...messages, { role: 'assistant', parts: [{ type: 'tool_call', arguments: deep }] }];
    const attributes = [
      ...OURS,
      { key: 'gen_ai.input.messages', value: structured(calls) },
      { key: 'gen_ai.system_instructions', value: structured([{ type: 'text', content: 'Apart from the chat.' }]) },
    ];
    expect(read('otel', spans(span(attributes)))).toMatchObject([
      { account_id: 'acct_1', prompt: 'Weather in Paris?', system_instructions: 'Apart from the chat.' },
    ]);
  });

  it('reads the log event that tells a whole exchange, as one with its span', () => {
    const { traceId, spanId } = span([]);
    const event = { traceId, spanId, timeUnixNano: '0', observedTimeUnixNano: '1773136802000000000', attributes: OURS };
    const logs = (...logRecords: object[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
    const line = logs(
      { ...event, eventName: 'gen_ai.client.inference.operation.details' },
      { ...event, attributes: [...OURS, string('event.name', 'gen_ai.client.inference.operation.details')] },
      { ...event, eventName: 'gen_ai.user.message' },
    );
    const told = { id: `${traceId}-${spanId}`, occurred_at: 1_773_136_802_000, model: 'halcyon-4' };
    expect(read('otel', line)).toMatchObject([told, told]);
  });

  it('reads one resource by itself, and many spans of many', () => {
    const line = spans(span(OURS), span(OURS, { spanId: 'aaa19b7ec3c1b174' }));
    expect(read('otel', line.resourceSpans[0])).toHaveLength(2);
    expect(read('otel', { resourceSpans: [...line.resourceSpans, ...line.resourceSpans] })).toHaveLength(4);
  });

  it('leaves out spans that ask no model', () => {
    const others = ['embeddings', 'execute_tool', 'invoke_agent'].map((name) =>
      span([string('gen_ai.operation.name', name), string('gen_ai.request.model', 'halcyon-4')]),
    );
    expect(read('otel', spans(span([string('http.request.method', 'GET')]), ...others))).toEqual([]);
    expect(read('otel', spans(span([string('gen_ai.request.model', 'm'), string('user.id', 'a')])))).toHaveLength(1);
  });

  it.each([
    [[string('error.type', '429')], {}, 'rate_limited'],
    [[string('error.type', 'RateLimitError')], {}, 'rate_limited'],
    [[int('http.response.status_code', '429')], {}, 'rate_limited'],
    [[string('error.type', 'timeout')], {}, 'error'],
    [[], { status: { code: 2 } }, 'error'],
    [
      [
        {
          key: 'gen_ai.response.finish_reasons',
          value: { arrayValue: { values: [{ stringValue: 'content_filter' }] } },
        },
      ],
      {},
      'refused',
    ],
  ])('tells the outcome of %j %j', (attributes, rest, outcome) => {
    expect(read('otel', spans(span([...OURS, ...attributes], rest)))).toMatchObject([{ outcome }]);
  });

  it('says which span of a line is wrong, and reads the others', () => {
    const line = spans(span(OURS), span(ASKED), span(OURS, { startTimeUnixNano: 'soon' }));
    expect(read('otel', line)).toEqual([
      expect.objectContaining({ account_id: 'acct_1' }),
      'record 2 of 3: account_id: expected string',
      'record 3 of 3: occurred_at: expected string',
    ]);
  });

  it('bounds what nests without end, also in a string of JSON', () => {
    const depth = 200_000;
    const attribute = `{"key":"gen_ai.input.messages","value":{"stringValue":"${'['.repeat(depth)}${']'.repeat(depth)}"}}`;
    const text = JSON.stringify(spans(span(OURS))).replace(
      '"attributes":[{"key":"gen_ai.operation',
      `"attributes":[${attribute},{"key":"gen_ai.operation`,
    );
    expect(read('otel', text)).toMatchObject([{ account_id: 'acct_1' }]);
    const value = `${'{"arrayValue":{"values":['.repeat(100)}${']}}'.repeat(100)}`;
    expect(read('otel', text.replace(/\{"stringValue":"\[+\]+"\}/, value))).toEqual(['nested deeper than 128 levels']);
  });
});

const UNSPEAKABLE = { toString: 1, valueOf: null, toJSON: 2 };

describe('every format', () => {
  it('refuses or leaves out what is of no form, without a fault', () => {
    const odd = [
      '[]',
      '{}',
      '[null,1,"x",[]]',
      '{"resourceSpans":[null,{"scopeSpans":{}}]}',
      '{"result":"x"}',
      '{"type":"GENERATION"}',
      // An object whose own members stand where it would be made a string or a number.
      JSON.stringify({ call_type: UNSPEAKABLE, response_code: UNSPEAKABLE, start_time: UNSPEAKABLE }),
      JSON.stringify({ started_at: UNSPEAKABLE, ai: { proxy: { meta: { provider_name: UNSPEAKABLE } } } }),
      JSON.stringify(spans(span([{ key: 'gen_ai.operation.name', value: { intValue: UNSPEAKABLE } }]))),
    ];
    for (const format of everyFormat) {
      for (const line of odd) expect(read(format, line).filter((it) => typeof it !== 'string')).toEqual([]);
      expect(read(format, '{')).toEqual(['not JSON']);
    }
  });
});
