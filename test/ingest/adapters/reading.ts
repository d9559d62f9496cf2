import { adapterOf, adapters } from '../../../src/ingest/adapters/registry.ts';
import { parseForeign } from '../../../src/ingest/parse-record.ts';
import { Exchange } from '../../../src/ingest/records.ts';

/** Those that need an adapter. */
export const everyFormat = adapters.filter(({ adapt }) => adapt !== undefined).map(({ name }) => name);

/** What a gateway's line comes to: each exchange as far as it is told, or the reason against it. */
export function read(format: string, line: unknown): unknown[] {
  const { adapt, ...rest } = adapterOf(format);
  if (adapt === undefined) throw new Error(`${format} is native`);
  const text = typeof line === 'string' ? line : JSON.stringify(line);
  return parseForeign(text, Exchange, { adapt, ...rest }).map((parsed) =>
    parsed.ok ? JSON.parse(JSON.stringify(parsed.record)) : parsed.reason,
  );
}
