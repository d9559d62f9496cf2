import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createExchangeLoader, type LoadCounts } from '../../src/ingest/exchange-loader.ts';
import { loadStream } from '../../src/ingest/load-stream.ts';
import { createReadingThreads, type ReadingThreads } from '../../src/ingest/reading-threads.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { program } from '../programs.ts';
import { exchangeLine, fingerprinter, NOW, SECRET } from './loading.ts';

let database: TestDatabase;
let threads: ReadingThreads;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query('truncate exchange, ingest_batch, quarantine, account, model restart identity'));
afterEach(() => threads.close());

const DROPPED_UNTIL = Date.parse('2026-01-01T00:00:00Z');

/** So many threads that are there, or none. */
async function ready(count: number, file = 'src/ingest/read-thread.ts'): Promise<void> {
  const begin = { secret: SECRET, format: 'native', droppedUntil: DROPPED_UNTIL };
  threads = createReadingThreads({ count, program: program(file), ...begin });
  threads.start();
  await vi.waitFor(() => expect(threads.most()).toBe(3 * count), { timeout: 40_000 });
}

async function* pieces(bytes: Buffer, size: number, onPiece: (number: number) => void = () => {}) {
  for (let at = 0, number = 1; at < bytes.length; at += size, number += 1) {
    yield bytes.subarray(at, at + size);
    onPiece(number);
  }
}

async function load(chunks: AsyncIterable<Buffer>, batchLines = 700): Promise<LoadCounts> {
  const { pool } = database;
  const clock = () => NOW;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock, source: 'test', batchLines });
  try {
    return await loadStream(chunks, { loader, threads, clock, longestLineBytes: undefined });
  } finally {
    await loader.close();
  }
}

/** Lines of all sorts: in other scripts, of several days, models and accounts, repeated, and in every way bad. */
function lines(): Buffer {
  const all: (string | Buffer)[] = [];
  for (let at = 0; at < 4_000; at += 1) {
    const rest = {
      account_id: `acct_${(at % 3_100) % 170}`,
      model: `halcyon-${Math.floor(at / 900)}`,
      occurred_at: new Date(NOW - at * 60_000).toISOString(),
      client_address: `8.8.${at % 90}.1`,
      prompt: `Erkläre mir Schritt für Schritt, 请一步一步 😀, warum ${at} eine Zahl ist`,
    };
    all.push(
      exchangeLine(`id ${at % 3_100}`, { ...rest, ...(at % 4 === 0 ? { prompt: 'Plain words, and no more' } : {}) }),
    );
    if (at % 50 === 0) all.push(`{"id": ${at}`, '', exchangeLine(`id ${at}`, { occurred_at: '1999-01-01T00:00:00Z' }));
    if (at % 61 === 0) all.push(Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), exchangeLine(`id ${at}`, rest));
    if (at % 1_500 === 7) all.push(exchangeLine('long', { prompt: 'x'.repeat(1_100_000) }));
    if (at % 700 === 0) all.push(exchangeLine('old', { occurred_at: '2025-12-31T00:00:00Z' }));
  }
  return Buffer.concat(all.flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')]));
}

/** All that an ingest leaves. */
async function left() {
  const tables = ['exchange', 'ingest_batch', 'quarantine', 'account', 'model'];
  const rows = await Promise.all(
    tables.map((table) =>
      database.pool.query<{ row: string }>(`select t::text as row from ${table} t order by t::text`),
    ),
  );
  return rows.map(({ rows: found }) => found.map(({ row }) => row));
}

test('threads leave what is left without them, byte for byte, wherever chunks end', async () => {
  await database.pool.query(`insert into watermark (name, at) values ('dropped_exchanges', $1)`, [
    new Date(DROPPED_UNTIL),
  ]);
  const bytes = lines();
  await ready(0);
  const counts = await load(pieces(bytes, 65_536));
  const expected = await left();
  expect(counts.accepted).toBeGreaterThan(3_000);
  expect(counts.duplicates).toBeGreaterThan(900);
  expect(counts.quarantined).toBeGreaterThan(200);
  for (const [count, size] of [
    [1, 65_536],
    [2, 4_999],
    [3, bytes.length],
  ] as const) {
    await threads.close();
    await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model restart identity');
    await ready(count);
    expect(await load(pieces(bytes, size))).toEqual(counts);
    expect(await left()).toEqual(expected);
  }
});

test('a short stream is read without them', async () => {
  threads = createReadingThreads({
    count: 1,
    program: 'none',
    secret: SECRET,
    format: 'native',
    droppedUntil: undefined,
  });
  const counts = await load(pieces(Buffer.from(exchangeLine('a')), 10));
  expect(counts).toEqual({ accepted: 1, duplicates: 0, quarantined: 0 });
});

describe('what comes in between', () => {
  const many = Buffer.from(Array.from({ length: 5_000 }, (_, at) => `${exchangeLine(`id ${at}`)}\n`).join(''));
  const stored = async () => {
    const { rows } = await database.pool.query<{ stored: number; counted: number }>(
      `select (select count(*)::int from exchange) as stored, (select coalesce(sum(accepted), 0)::int from ingest_batch) as counted`,
    );
    return rows[0] ?? { stored: -1, counted: -2 };
  };

  test('an end of the stream leaves whole batches, and the next run loads the rest', async () => {
    await ready(2);
    const breaking = (number: number) => {
      if (number === 40) throw new Error('asked to end');
    };
    await expect(load(pieces(many, 10_000, breaking), 500)).rejects.toThrow('asked to end');
    const { stored: kept, counted } = await stored();
    expect(kept).toBe(counted);
    expect(kept % 500).toBe(0);
    expect(await load(pieces(many, 10_000))).toEqual({ accepted: 5_000 - kept, duplicates: kept, quarantined: 0 });
  });

  test('a thread that dies ends the ingest with what it died of, and nothing of a batch is left', async () => {
    await ready(2, 'test/ingest/dying-thread-process.ts');
    await expect(load(pieces(many, 10_000))).rejects.toThrow('a thread that reads lines failed: out of ink');
    expect(await stored()).toEqual({ stored: 0, counted: 0 });
  });

  test('a thread that cannot be started, too', async () => {
    const begin = { secret: SECRET, format: 'native', droppedUntil: undefined };
    threads = createReadingThreads({ count: 1, program: program('test/ingest/none.ts'), ...begin });
    threads.start();
    await vi.waitFor(() => expect(() => threads.most()).toThrow('a thread that reads lines failed'));
    await expect(load(pieces(many, 10_000))).rejects.toThrow('a thread that reads lines failed');
  });

  test('a fault of the database reaches the caller', async () => {
    await ready(1);
    await database.pool.query('alter table ingest_batch add constraint broken check (accepted = 0) not valid');
    try {
      await expect(load(pieces(many, 10_000), 500)).rejects.toThrow('broken');
    } finally {
      await database.pool.query('alter table ingest_batch drop constraint broken');
    }
    expect(await stored()).toEqual({ stored: 0, counted: 0 });
  });
});
