import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { native } from '../../src/ingest/adapters/native.ts';
import { otel } from '../../src/ingest/adapters/otel.ts';
import { ingestFiles, type Inputs } from '../../src/ingest/ingest-files.ts';
import { openInput } from '../../src/ingest/open-input.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { exchangeLine, NOW, SECRET } from './loading.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model');
});

const ingest = (inputs: Inputs, signal?: AbortSignal) =>
  ingestFiles({
    ...inputs,
    pool: database.pool,
    secret: SECRET,
    clock: () => NOW,
    adapter: native,
    signal,
    threadProgram: program('src/ingest/read-thread.ts'),
  });
const standardInput = (chunks: Iterable<Buffer>) => openInput('-', Readable.from(chunks));

async function packed(name: string, lines: readonly string[]) {
  const file = path.join(await temporaryDirectory(), `${name}.ndjson.gz`);
  await writeFile(file, gzipSync(lines.join('\r\n')));
  return openInput(file);
}

test('loads accounts, exchanges and releases, and a second time counts no exchange again', async () => {
  const files = async () => ({
    accounts: await packed('accounts', [
      '{"account_id":"acct_1","created_at":"2026-01-01T00:00:00Z"}',
      '{"account_id":"acct_2"}',
    ]),
    exchanges: await packed('exchanges', [exchangeLine('a'), exchangeLine('b'), 'bad', exchangeLine('a')]),
    releases: await packed('releases', ['{"model":"halcyon-4","released_at":"2026-02-01T00:00:00Z"}']),
  });
  const first = { accepted: 2, duplicates: 1, quarantined: 2, accounts: 1, releases: 1 };
  expect(await ingest(await files())).toEqual(first);
  expect(await ingest(await files())).toEqual({ ...first, accepted: 0, duplicates: 3 });
  const { rows } = await database.pool.query(
    `select a.account_id, a.created_at, m.name, m.released_at from exchange
     join account a using (account_key) join model m using (model_id) limit 1`,
  );
  expect(rows).toEqual([
    {
      account_id: 'acct_1',
      created_at: new Date('2026-01-01T00:00:00Z'),
      name: 'halcyon-4',
      released_at: new Date('2026-02-01T00:00:00Z'),
    },
  ]);
});

test('of a line with many exchanges the bad ones are told by its number, and the others counted', async () => {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const span = (spanId: string, account: string, model = 'halcyon-4') => ({
    traceId: 'a'.repeat(32),
    spanId,
    startTimeUnixNano: String(BigInt(NOW) * 1_000_000n),
    attributes: [text('gen_ai.operation.name', 'chat'), text('gen_ai.request.model', model), text('user.id', account)],
  });
  const line = (...spans: object[]) => `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })}\n`;
  const lines = [
    line(span('1', 'acct_1'), span('2', 'acct_2')),
    line({ name: 'GET /' }),
    line(span('3', ''), span('1', 'acct_1'), span('4', 'acct_1', 'm'.repeat(200))),
    'no OTLP\n',
  ];
  const counts = await ingestFiles({
    exchanges: await standardInput(lines.map((text) => Buffer.from(text))),
    pool: database.pool,
    secret: SECRET,
    clock: () => NOW,
    adapter: otel,
  });
  expect(counts).toMatchObject({ accepted: 2, duplicates: 1, quarantined: 3 });
  const { rows } = await database.pool.query('select line_number, reason from quarantine order by quarantine_id');
  expect(rows).toEqual([
    { line_number: '3', reason: 'record 1 of 3: account_id: expected string' },
    { line_number: '3', reason: 'record 3 of 3: model: more than 128' },
    { line_number: '4', reason: 'not JSON' },
  ]);
});

test('a line of 50 MB is told and passed over', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  function* chunks() {
    yield Buffer.from(`${exchangeLine('before')}\n{"prompt":"`);
    for (let at = 0; at < 50; at += 1) yield megabyte;
    yield Buffer.from(`"}\n${exchangeLine('after')}`);
  }
  const counts = await ingest({ exchanges: await standardInput(chunks()) });
  expect(counts).toMatchObject({ accepted: 2, quarantined: 1 });
  const { rows } = await database.pool.query('select line_number, reason, line_bytes from quarantine');
  expect(rows).toEqual([
    { line_number: '2', reason: 'line longer than 1048576 bytes', line_bytes: String(50 * megabyte.length + 13) },
  ]);
});

test('a stream of any length is loaded in little memory', async () => {
  const LINES = 3000;
  const words = [program('test/ingest/memory-process.ts'), database.url, String(LINES)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  const { accepted, sent, grown } = JSON.parse(stdout) as { accepted: number; sent: number; grown: number };
  expect(accepted).toBe(LINES);
  expect(sent).toBeGreaterThan(280e6);
  expect(grown).toBeGreaterThan(0);
  expect(grown).toBeLessThan(sent / 2);
}, 120_000);

test('asked to end, it leaves whole batches, and the next run loads the rest', async () => {
  const lines = Array.from({ length: 25_000 }, (_, at) => exchangeLine(`id ${at}`));
  const ending = new AbortController();
  function* chunks(breakAt: number) {
    for (let at = 0; at < lines.length; at += 1000) {
      if (at === breakAt) ending.abort(new Error('asked to end'));
      yield Buffer.from(`${lines.slice(at, at + 1000).join('\n')}\n`);
    }
  }
  const first = ingest({ exchanges: await standardInput(chunks(22_000)) }, ending.signal);
  await expect(first).rejects.toThrow('asked to end');
  const { rows } = await database.pool.query<{ n: number }>(
    `select e.n, b.accepted from (select count(*)::int as n from exchange) e
     cross join (select sum(accepted)::int as accepted from ingest_batch) b`,
  );
  const kept = rows[0]?.n ?? 0;
  expect(rows).toEqual([{ n: kept, accepted: kept }]);
  expect(kept % 10_000).toBe(0);
  const second = await ingest({ exchanges: await standardInput(chunks(-1)) });
  expect(second).toMatchObject({ accepted: lines.length - kept, duplicates: kept });
});
