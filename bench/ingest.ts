import { createExchangeLoader } from '../src/ingest/exchange-loader.ts';
import { createFingerprinter } from '../src/ingest/fingerprint.ts';
import { openInput } from '../src/ingest/open-input.ts';
import { parseRecord } from '../src/ingest/parse-record.ts';
import { quickExchange } from '../src/ingest/quick-exchange.ts';
import { type Line, readLines } from '../src/ingest/read-lines.ts';
import { Exchange } from '../src/ingest/records.ts';
import { silentLog } from '../src/log.ts';
import { createTemporaryDatabase } from '../src/replay/temporary-database.ts';

// What an exchange costs on its way in, in microseconds: `npx tsx bench/ingest.ts exchanges.ndjson [DATABASE_URL]`.
// Steps are measured apart in processor time of this process; the whole way, with the database, by the clock.

const [file, databaseUrl] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: npx tsx bench/ingest.ts exchanges.ndjson [DATABASE_URL]');
const MOST_LINES = 40_000;
const ROUNDS = 4;

const lines: Line[] = [];
for await (const some of readLines((await openInput(file)).chunks)) {
  lines.push(...some);
  if (lines.length >= MOST_LINES) break;
}
lines.splice(MOST_LINES);

const parsed = lines.flatMap((line) => {
  const result = line.text === undefined ? undefined : parseRecord(line.text, Exchange, { quick: quickExchange });
  return result?.ok === true ? [result.record] : [];
});
const bare = parsed.map((record) => ({ ...record, prompt: undefined, system_instructions: undefined }));
const KILOBYTE = 'Justify each call of a tool before you make it, and cite 10,000.5 lines of the code. '.repeat(12);
const heavy = bare.map((record, at) => ({ ...record, prompt: `${KILOBYTE.slice(0, 1000)} ${at}` }));

function microseconds(count: number, work: () => void): string {
  work();
  const start = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) work();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / ROUNDS / count).toFixed(1);
}

function fingerprintAll(records: readonly Exchange[]): string {
  const fingerprinter = createFingerprinter('a key for the benchmark, of some length');
  return microseconds(records.length, () => {
    for (const record of records) {
      fingerprinter.exchangeKey(record.account_id, record.id);
      fingerprinter.accountKey(record.account_id);
      fingerprinter.exchange(record);
    }
  });
}

const figures: Record<string, string | number> = {
  exchanges: parsed.length,
  'parse and validate, µs': microseconds(lines.length, () => {
    for (const { text } of lines) if (text !== undefined) parseRecord(text, Exchange, { quick: quickExchange });
  }),
  'fingerprint, µs': fingerprintAll(parsed),
  'fingerprint without text, µs': fingerprintAll(bare),
  'fingerprint with 1 kB of new text, µs': fingerprintAll(heavy),
};

const database = await createTemporaryDatabase(databaseUrl, silentLog);
try {
  const fingerprinter = createFingerprinter('a key for the benchmark, of some length');
  const { pool } = database;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: Date.now, source: 'bench' });
  const start = performance.now();
  const before = process.cpuUsage();
  for await (const some of readLines((await openInput(file)).chunks)) {
    for (const reading of some.flatMap(loader.read)) await loader.keep(reading);
  }
  const counts = await loader.flush();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  await loader.close();
  const all = counts.accepted + counts.duplicates + counts.quarantined;
  figures['whole way, µs by the clock'] = ((ms * 1000) / all).toFixed(1);
  figures['of it in this process, µs'] = ((user + system) / all).toFixed(1);
  figures['exchanges a second'] = Math.round((counts.accepted * 1000) / ms);
  const { rows } = await pool.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(inhrelid)) as bytes from pg_inherits where inhparent = 'exchange'::regclass`,
  );
  figures['bytes stored an exchange, indexes included'] = Math.round(Number(rows[0]?.bytes) / counts.accepted);
} finally {
  await database.remove();
}
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
