import { arrayOf, type Fields, objectOf } from './field.ts';

/** A span or log record with what its resource says as well. */
export interface Told {
  record: Fields;
  /** The record's own attribute of that name, else its resource's. */
  attribute: (name: string) => unknown;
}

/**
 * Every span (`resourceSpans` → `scopeSpans` → `spans`) or log record of an OTLP export, which may also be one of its
 * resources alone.
 */
export function toldIn(value: Fields, signal: 'Spans' | 'Logs'): Told[] {
  const [scopes, records] = signal === 'Spans' ? ['scopeSpans', 'spans'] : ['scopeLogs', 'logRecords'];
  const listed = arrayOf(value[`resource${signal}`]);
  return (listed.length > 0 ? listed : [value]).flatMap((resource) => {
    const told = objectOf(resource);
    const shared = attributesOf(objectOf(told?.['resource'])?.['attributes']);
    return arrayOf(told?.[scopes]).flatMap((scope) =>
      arrayOf(objectOf(scope)?.[records]).map((entry) => asTold(objectOf(entry) ?? {}, shared)),
    );
  });
}

function asTold(record: Fields, shared: ReadonlyMap<string, unknown>): Told {
  const own = attributesOf(record['attributes']);
  return { record, attribute: (name) => plain(own.get(name)) ?? plain(shared.get(name)) };
}

/** Only those that are asked for are made plain: the largest are the messages. */
function attributesOf(value: unknown): Map<string, unknown> {
  return new Map(
    arrayOf(value).flatMap((entry): [string, unknown][] => {
      const { key, value: given } = objectOf(entry) ?? {};
      return typeof key === 'string' ? [[key, given]] : [];
    }),
  );
}

/** An OTLP value as the JSON that it stands for. Its depth is that of the line, which is bounded. */
function plain(value: unknown): unknown {
  const given = objectOf(value);
  if (given === undefined) return undefined;
  if ('stringValue' in given) return given['stringValue'];
  if ('intValue' in given) return given['intValue'];
  if ('doubleValue' in given) return given['doubleValue'];
  if ('boolValue' in given) return given['boolValue'];
  if ('arrayValue' in given) return arrayOf(objectOf(given['arrayValue'])?.['values']).map(plain);
  if (!('kvlistValue' in given)) return undefined;
  const entries = attributesOf(objectOf(given['kvlistValue'])?.['values']);
  return Object.fromEntries([...entries].map(([key, inner]) => [key, plain(inner)]));
}
