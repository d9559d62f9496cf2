import type { Adapter } from '../adapters/adapter.ts';
import { otel } from '../adapters/otel.ts';
import type { LoadCounts } from '../exchange-loader.ts';

/** One path of the endpoint. */
export interface Route {
  kind: 'exchanges' | 'accounts' | 'releases';
  /** Content types that are taken. */
  types: readonly string[];
  /** Of a format of its own; elsewhere the request may name one. */
  adapter?: Adapter;
  /** The body is one document, not lines. */
  whole?: true;
  /** What a batch that was taken is answered with. */
  answer: (counts: LoadCounts) => object;
  /** What a refusal is answered with. */
  refusal: (status: number, what: string) => object;
}

const NDJSON = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/json'];
const JSON_ALONE = ['application/json'];

const plain = {
  types: NDJSON,
  answer: ({ accepted, duplicates, quarantined }: LoadCounts) => ({ accepted, duplicates, quarantined }),
  refusal: (_: number, what: string) => ({ error: what }),
};

/** Codes of google.rpc.Code, which OTLP answers refusals with. */
const RPC_CODES: Record<number, number> = { 400: 3, 401: 16, 413: 3, 415: 3, 422: 3, 429: 8, 503: 14 };

/** OTLP over HTTP: what was not taken is told as a partial success, since sending it again would not help. */
function otlp(rejected: string): Omit<Route, 'kind'> {
  return {
    types: JSON_ALONE,
    adapter: otel,
    whole: true,
    answer: ({ quarantined }) =>
      quarantined === 0
        ? {}
        : {
            partialSuccess: {
              // A 64-bit integer, which JSON carries as a string.
              [rejected]: String(quarantined),
              errorMessage: 'exchanges without an account, a model or a possible time are in the quarantine, with why',
            },
          },
    refusal: (status, what) => ({ code: RPC_CODES[status] ?? 13, message: what }),
  };
}

export const ROUTES: Readonly<Record<string, Route>> = {
  '/v1/exchanges': { kind: 'exchanges', ...plain },
  '/v1/accounts': { kind: 'accounts', ...plain },
  '/v1/releases': { kind: 'releases', ...plain },
  '/v1/traces': { kind: 'exchanges', ...otlp('rejectedSpans') },
  '/v1/logs': { kind: 'exchanges', ...otlp('rejectedLogRecords') },
};
