import type { Pool } from 'pg';
import { createExchangeLoader, type LoadCounts } from '../../src/ingest/exchange-loader.ts';
import { createFingerprinter } from '../../src/ingest/fingerprint.ts';
import { readLines } from '../../src/ingest/read-lines.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';

export const NOW = Date.parse('2026-03-10T12:00:00Z');
export const SECRET = 'a key for tests only, thirty-two characters';
export const fingerprinter = createFingerprinter(SECRET);

export const exchangeLine = (id: string, rest: Partial<ExchangeLine> = {}): string =>
  JSON.stringify({ id, occurred_at: '2026-03-10T10:00:00Z', account_id: 'acct_1', model: 'halcyon-4', ...rest });

/** Loads lines, or bytes, as a file would be. */
export async function loadExchanges(
  pool: Pool,
  lines: readonly (string | Buffer)[],
  { batchLines = 10_000 }: { batchLines?: number } = {},
): Promise<LoadCounts> {
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: () => NOW, source: 'test', batchLines });
  async function* chunks() {
    for (const line of lines) yield Buffer.concat([Buffer.from(line), Buffer.from('\n')]);
  }
  try {
    for await (const read of readLines(chunks()))
      for (const reading of read.flatMap(loader.read)) await loader.keep(reading);
    return await loader.flush();
  } finally {
    await loader.close();
  }
}

/** Every row of every table as text. */
export async function everyRow(pool: Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const { rows: found } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    rows.push(...found.map(({ row }) => row));
  }
  return rows;
}
