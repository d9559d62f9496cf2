import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database.ts';
import { everyRow, exchangeLine, NOW } from '../loading.ts';
import { endpointRoom, NDJSON, TOKEN } from './room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model, ingest_request');
});

const count = async (table: string) =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n;
const lines = (...all: string[]) => `${all.join('\n')}\n`;
const THREE = lines(exchangeLine('a'), exchangeLine('b'), exchangeLine('c'));

describe('a batch', () => {
  it('is counted, its bad lines told by their numbers, and the same lines again are duplicates', async () => {
    const { send } = await endpointRoom(database.pool);
    const body = lines(
      exchangeLine('a'),
      'bad',
      exchangeLine('b'),
      exchangeLine('a'),
      exchangeLine('c', { model: '' }),
    );
    expect(await send('/v1/exchanges', body)).toMatchObject({
      status: 200,
      body: { accepted: 2, duplicates: 1, quarantined: 2 },
    });
    expect(await send('/v1/exchanges', body)).toMatchObject({ body: { accepted: 0, duplicates: 3, quarantined: 2 } });
    const { rows } = await database.pool.query(
      'select source, line_number, reason from quarantine order by quarantine_id limit 2',
    );
    expect(rows).toEqual([
      { source: 'http /v1/exchanges', line_number: '2', reason: 'not JSON' },
      { source: 'http /v1/exchanges', line_number: '5', reason: 'model: less than 1' },
    ]);
  });

  it('may be packed, and may be of accounts or releases', async () => {
    const { send } = await endpointRoom(database.pool);
    const gzip = { 'content-encoding': 'gzip' };
    expect(await send('/v1/exchanges', gzipSync(THREE), gzip)).toMatchObject({ body: { accepted: 3 } });
    const accounts = lines('{"account_id":"acct_1","created_at":"2026-01-01T00:00:00Z","plan":"pro"}', '{}');
    expect(await send('/v1/accounts', gzipSync(accounts), gzip)).toMatchObject({
      body: { accepted: 1, duplicates: 0, quarantined: 1 },
    });
    const release = '{"model":"halcyon-4","released_at":"2026-02-01T00:00:00Z"}';
    expect(await send('/v1/releases', release)).toMatchObject({ body: { accepted: 1, duplicates: 0, quarantined: 0 } });
    const { rows } = await database.pool.query(
      `select a.plan, m.released_at from exchange join account a using (account_key) join model m using (model_id) limit 1`,
    );
    expect(rows).toEqual([{ plan: 'pro', released_at: new Date('2026-02-01T00:00:00Z') }]);
  });

  it('may be in the format of a gateway', async () => {
    const { send } = await endpointRoom(database.pool);
    const row = { request_id: 'r1', startTime: '2026-03-10T10:00:00', user: 'acct_1', model_group: 'halcyon-4' };
    expect(await send('/v1/exchanges?format=litellm', JSON.stringify([row, row]))).toMatchObject({
      body: { accepted: 1, duplicates: 1, quarantined: 0 },
    });
    expect(await send('/v1/exchanges?format=xml', THREE)).toMatchObject({ status: 400 });
  });

  it('leaves no text behind, of good lines or bad', async () => {
    const { send } = await endpointRoom(database.pool);
    const secret = 'xylophone-marzipan';
    const body = lines(exchangeLine('a', { prompt: `Tell me of ${secret} in full please` }), `{"${secret}`);
    const answer = await send('/v1/exchanges', body, { 'idempotency-key': 'k' });
    expect(JSON.stringify(answer.body)).not.toContain('xylophone');
    expect((await everyRow(database.pool)).filter((row) => row.includes('xylophone'))).toEqual([]);
    // Nor a hash of it that anybody could test a guess against.
    const plain = await crypto.subtle.digest('SHA-256', Buffer.from(body));
    const { rows } = await database.pool.query<{ body_hash: Buffer }>('select body_hash from ingest_request');
    expect(rows[0]?.body_hash.equals(Buffer.from(plain))).toBe(false);
  });
});

describe('a batch with a key', () => {
  it.each([
    ['/v1/exchanges', THREE, { accepted: 3, duplicates: 0, quarantined: 0 }],
    [
      '/v1/accounts',
      lines('{"account_id":"a","created_at":"2026-01-01T00:00:00Z"}', 'bad'),
      { accepted: 1, duplicates: 0, quarantined: 1 },
    ],
  ])('is answered alike when it is repeated, and counted once: %s', async (path, body, answer) => {
    const { send } = await endpointRoom(database.pool);
    const key = { 'idempotency-key': 'batch-1' };
    const first = await send(path, body, key);
    expect(first).toMatchObject({ status: 200, body: answer });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const batches = await count('ingest_batch');
    // Packed or not, it is the same batch.
    const again = await send(path, gzipSync(body), { ...key, 'content-encoding': 'gzip' });
    expect(again).toMatchObject({ status: 200, body: answer });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await count('ingest_batch')).toBe(batches);
    expect(await count('quarantine')).toBe(answer.quarantined);
  });

  it('is refused where the key was given to another, and nothing of it is counted', async () => {
    const { send } = await endpointRoom(database.pool);
    const key = { 'idempotency-key': 'batch-1' };
    await send('/v1/exchanges', exchangeLine('a'), key);
    expect(await send('/v1/exchanges', exchangeLine('b'), key)).toMatchObject({
      status: 422,
      body: { error: 'this Idempotency-Key was given to another batch: make a new one for each' },
    });
    expect(await count('exchange')).toBe(1);
    // A key is the path's own.
    expect(await send('/v1/accounts', '{"account_id":"a","created_at":"2026-01-01T00:00:00Z"}', key)).toMatchObject({
      status: 200,
    });
  });

  it('is counted once by any number of senders at once, all of whom hear the same', async () => {
    const { send } = await endpointRoom(database.pool, { limits: { inFlight: 8 } });
    const body = lines(
      ...Array.from({ length: 500 }, (_, at) => exchangeLine(`id ${at}`, { account_id: `a${at % 9}` })),
    );
    const key = { 'idempotency-key': 'raced' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('/v1/exchanges', body, key)));
    for (const { status, body: told } of answers) {
      expect({ status, told }).toEqual({ status: 200, told: { accepted: 500, duplicates: 0, quarantined: 0 } });
    }
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await count('exchange')).toBe(500);
    expect(await count('ingest_batch')).toBe(1);
  });

  it('is not held against a sender whose first try was refused', async () => {
    const { send } = await endpointRoom(database.pool, { limits: { lines: 2 } });
    const key = { 'idempotency-key': 'k' };
    expect(await send('/v1/exchanges', THREE, key)).toMatchObject({ status: 413 });
    expect(await send('/v1/exchanges', exchangeLine('a'), key)).toMatchObject({ status: 200, body: { accepted: 1 } });
  });
});

describe('a request is refused', () => {
  const wrong = 'x'.repeat(40);
  it.each([
    ['without a token', { authorization: '' }, 401],
    ['with a wrong token', { authorization: `Bearer ${wrong}` }, 401],
    ['with the token of another scheme', { authorization: `Basic ${TOKEN}` }, 401],
    ['with half a token', { authorization: `Bearer ${TOKEN.slice(1)}` }, 401],
    ['of another type', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['in another encoding', { 'content-encoding': 'br' }, 415],
    ['with a key that is none', { 'idempotency-key': 'k'.repeat(256) }, 400],
    ['that is not packed as it says', { 'content-encoding': 'gzip' }, 400],
  ])('%s', async (_, headers, status) => {
    const { send } = await endpointRoom(database.pool);
    expect(await send('/v1/exchanges', THREE, headers)).toMatchObject({ status, body: { error: expect.any(String) } });
    expect(await count('ingest_batch')).toBe(0);
  });

  it('by each token but those that are set', async () => {
    const next = 'another token, of the same length--------'.replaceAll(' ', '-');
    const { send } = await endpointRoom(database.pool, { tokens: [TOKEN, next] });
    for (const [token, status] of [
      [TOKEN, 200],
      [next, 200],
      [wrong, 401],
    ] as const) {
      expect(await send('/v1/exchanges', THREE, { authorization: `Bearer ${token}` })).toMatchObject({ status });
    }
  });

  it('that goes elsewhere, or is empty', async () => {
    const { send, address } = await endpointRoom(database.pool);
    expect(await send('/v1/nothing', THREE)).toMatchObject({ status: 404 });
    expect(await send('/v1/exchanges', '')).toMatchObject({ status: 400, body: { error: 'the body is empty' } });
    const get = await fetch(`${address}/v1/exchanges`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}//`)).status).toBe(404);
  });
});

describe('what is too large', () => {
  const bytes = 100_000;

  it('is refused by its length, and by what it comes to, naming the limit', async () => {
    const { send } = await endpointRoom(database.pool, { limits: { bytes, lines: 2 } });
    const error = `the body is more than ${bytes} bytes unpacked: send it in several batches`;
    expect(await send('/v1/exchanges', 'x'.repeat(bytes + 1))).toMatchObject({ status: 413, body: { error } });
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(10_000, 'x')),
    });
    const endless = fetch(`${(await endpointRoom(database.pool, { limits: { bytes } })).address}/v1/exchanges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON },
      body: stream,
      duplex: 'half',
    });
    expect((await endless).status).toBe(413);
    expect(await send('/v1/exchanges', THREE)).toMatchObject({
      status: 413,
      body: { error: 'the batch is more than 2 lines: send it in several batches' },
    });
    expect(await count('exchange')).toBe(0);
  });

  it('is unpacked no further than the limit: a bomb of gzip, and one that unpacks to nothing', async () => {
    const { send, endpoint } = await endpointRoom(database.pool, { limits: { bytes } });
    const gzip = { 'content-encoding': 'gzip' };
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(bytes);
    const before = process.memoryUsage().arrayBuffers;
    expect(await send('/v1/exchanges', bomb, gzip)).toMatchObject({ status: 413 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    const nothing = gzipSync('');
    const members = Buffer.concat(Array.from({ length: Math.ceil(bytes / nothing.length) + 1 }, () => nothing));
    expect(await send('/v1/exchanges', members, gzip)).toMatchObject({ status: 413 });
    expect(endpoint.inFlight()).toBe(0);
  });

  it('a packed body that was cut off is counted not at all', async () => {
    const { send } = await endpointRoom(database.pool);
    const packed = gzipSync(lines(...Array.from({ length: 2_000 }, (_, at) => exchangeLine(`${at * 7919}`))));
    const cut = packed.subarray(0, packed.length - 20);
    expect(await send('/v1/exchanges', cut, { 'content-encoding': 'gzip', 'idempotency-key': 'k' })).toMatchObject({
      status: 400,
      body: { error: 'the gzip stream is damaged or was cut off: send it again' },
    });
    expect(await count('exchange')).toBe(0);
    const whole = await send('/v1/exchanges', packed, { 'content-encoding': 'gzip', 'idempotency-key': 'k' });
    expect(whole).toMatchObject({ body: { accepted: 2_000 } });
  });
});

describe('OTLP over HTTP', () => {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const span = (spanId: string, ...attributes: object[]) => ({
    traceId: 'a'.repeat(32),
    spanId,
    startTimeUnixNano: String(BigInt(NOW) * 1_000_000n),
    attributes: [text('gen_ai.operation.name', 'chat'), text('gen_ai.request.model', 'halcyon-4'), ...attributes],
  });
  const spans = (...all: object[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: all }] }] }, null, 2);
  const json = { 'content-type': 'application/json; charset=utf-8' };

  it('is answered as OTLP wants', async () => {
    const { send } = await endpointRoom(database.pool);
    const good = span('1', text('user.id', 'acct_1'));
    expect(await send('/v1/traces', spans(good), json)).toMatchObject({ status: 200, body: {} });
    expect(await send('/v1/traces', '{}', json)).toMatchObject({ status: 200, body: {} });
    // Most of what a Collector sends asks no model.
    expect(await count('ingest_batch')).toBe(1);
    const some = await send('/v1/traces', spans(good, span('2'), span('3')), json);
    expect(some).toMatchObject({
      status: 200,
      body: { partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('account') } },
    });
    expect(await count('exchange')).toBe(1);
    expect(await count('quarantine')).toBe(2);
  });

  it('takes log records, and refuses what cannot be read for good', async () => {
    const { send } = await endpointRoom(database.pool);
    const { startTimeUnixNano: timeUnixNano, ...rest } = span('4', text('user.id', 'acct_1'));
    const record = { ...rest, timeUnixNano, eventName: 'gen_ai.client.inference.operation.details' };
    const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
    expect(await send('/v1/logs', logs, json)).toMatchObject({ status: 200, body: {} });
    expect(await count('exchange')).toBe(1);
    const broken = { status: 400, body: { code: 3, message: 'the body is not JSON' } };
    expect(await send('/v1/traces', '{"resourceSpans":', json)).toMatchObject(broken);
    expect(await send('/v1/traces', spans(), { 'content-type': 'application/x-protobuf' })).toMatchObject({
      status: 415,
      body: { code: 3, message: 'Content-Type must be application/json' },
    });
    expect(await count('quarantine')).toBe(0);
  });
});
