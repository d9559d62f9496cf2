import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database.ts';
import { exchangeLine, NOW } from '../loading.ts';
import { endpointRoom, NDJSON, TOKEN } from './room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model, ingest_request');
});

const OTHER = 'another token, of the same length--------'.replaceAll(' ', '-');
const count = async (table: string) =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n;
const batch = (from: number, size: number) =>
  Array.from({ length: size }, (_, at) => exchangeLine(`id ${from + at}`)).join('\n');

/** Ten records a second, a hundred at once, on a clock that the test moves. */
async function limited(change: Parameters<typeof endpointRoom>[1] = {}) {
  const time = { now: NOW };
  const put: string[] = [];
  const meter = {
    answered() {},
    counted() {},
    putOff: (why: string, sender: number) => void put.push(`${why} ${sender}`),
  };
  const rate = { perSecond: 10, burst: 100 };
  const room = await endpointRoom(database.pool, {
    tokens: [TOKEN, OTHER],
    clock: () => time.now,
    rate,
    meter,
    ...change,
  });
  return { ...room, time, put };
}

describe('a token that sends more than its rate', () => {
  it('is told when to come again; a batch that was refused left nothing, and is taken whole then', async () => {
    const { send, time, put } = await limited();
    expect(await send('/v1/exchanges', batch(0, 130))).toMatchObject({ status: 200, body: { accepted: 130 } });
    const key = { 'idempotency-key': 'later' };
    const refused = await send('/v1/exchanges', batch(200, 5), key);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: 'more came with this token than its rate lets in: send this again in 4 s' },
    });
    expect(refused.headers.get('retry-after')).toBe('4');
    expect([await count('exchange'), await count('ingest_batch'), await count('ingest_request')]).toEqual([130, 1, 0]);
    time.now += 3_000;
    expect((await send('/v1/exchanges', batch(200, 5), key)).headers.get('retry-after')).toBe('1');
    time.now += 1_000;
    expect(await send('/v1/exchanges', batch(200, 5), key)).toMatchObject({ status: 200, body: { accepted: 5 } });
    expect(await count('exchange')).toBe(135);
    expect(put).toEqual(['rate 1', 'rate 1']);
  });

  it('is let in at exactly the time that it was told, however much it sent', async () => {
    const { send, time } = await limited();
    let sent = 0;
    for (let round = 0; round < 5; round += 1) {
      const size = 150 + round * 37;
      expect(await send('/v1/exchanges', batch(sent, size))).toMatchObject({ status: 200, body: { accepted: size } });
      sent += size;
      const { status, headers } = await send('/v1/exchanges', batch(sent, 1));
      expect(status).toBe(429);
      time.now += Number(headers.get('retry-after')) * 1_000;
    }
    // Five batches of 1,120 records: a hundred at once, then ten a second.
    expect(time.now - NOW).toBeGreaterThanOrEqual(102_000);
    expect(time.now - NOW).toBeLessThan(108_000);
  });

  it('takes nothing from another token', async () => {
    const { send, put } = await limited();
    const other = { authorization: `Bearer ${OTHER}` };
    await send('/v1/exchanges', batch(0, 100));
    expect(await send('/v1/exchanges', batch(0, 1))).toMatchObject({ status: 429 });
    expect(await send('/v1/exchanges', batch(0, 100), other)).toMatchObject({ status: 200, body: { duplicates: 100 } });
    expect(await send('/v1/exchanges', batch(0, 1), other)).toMatchObject({ status: 429 });
    expect(put).toEqual(['rate 1', 'rate 2']);
  });

  it('is refused before its body is read', async () => {
    const { send, address, endpoint } = await limited();
    await send('/v1/exchanges', batch(0, 100));
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(Buffer.alloc(64 * 1024, 'x'));
      },
    });
    const answer = await fetch(`${address}/v1/exchanges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON },
      body: endless,
      duplex: 'half',
    });
    expect(answer.status).toBe(429);
    expect(endpoint.inFlight()).toBe(0);
    // What the sockets between them hold, and no more.
    expect(pulled * 64 * 1024).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('what is paid for', () => {
  /** How long the next batch has to wait, seconds. */
  const waits = async ({ send }: Awaited<ReturnType<typeof limited>>) =>
    Number((await send('/v1/exchanges', batch(0, 1))).headers.get('retry-after'));

  it('is each record of a line, bad lines, repeats, accounts, and batches that are refused for what they are', async () => {
    const row = (id: number) => ({ request_id: `r${id}`, startTime: '2026-03-10T10:00:00', user: 'a', model: 'm' });
    const rows = JSON.stringify(Array.from({ length: 200 }, (_, id) => row(id)));
    const array = await limited();
    expect(await array.send('/v1/exchanges?format=litellm', rows)).toMatchObject({ body: { accepted: 200 } });
    expect(await waits(array)).toBe(11);
    const bad = await limited();
    await bad.send('/v1/exchanges', 'bad\n'.repeat(300));
    expect(await waits(bad)).toBe(21);
    const repeated = await limited();
    for (const replayed of [null, 'true']) {
      const { headers } = await repeated.send('/v1/exchanges', batch(0, 90), { 'idempotency-key': 'k' });
      expect(headers.get('idempotency-replayed')).toBe(replayed);
    }
    expect(await waits(repeated)).toBe(9);
    const accounts = await limited();
    await accounts.send('/v1/accounts', '{"account_id":"a","created_at":"2026-01-01T00:00:00Z"}\n'.repeat(150));
    expect(await waits(accounts)).toBe(6);
    const damaged = await limited({ rate: { perSecond: 1, burst: 1 } });
    expect(await damaged.send('/v1/exchanges', batch(0, 1), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
    });
    expect(await waits(damaged)).toBe(1);
  });

  it('is each span of a trace, and the refusal is as OTLP wants it', async () => {
    const { send } = await limited();
    const spans = Array.from({ length: 140 }, (_, at) => ({
      traceId: 'a'.repeat(32),
      spanId: String(at).padStart(16, '0'),
      startTimeUnixNano: String(BigInt(NOW) * 1_000_000n),
      attributes: [
        { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
        { key: 'gen_ai.request.model', value: { stringValue: 'halcyon-4' } },
        { key: 'user.id', value: { stringValue: `acct_${at}` } },
      ],
    }));
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    const json = { 'content-type': 'application/json' };
    expect(await send('/v1/traces', body, json)).toMatchObject({ status: 200, body: {} });
    const refused = await send('/v1/traces', body, json);
    expect(refused).toMatchObject({ status: 429, body: { code: 8, message: expect.stringContaining('in 5 s') } });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await count('exchange')).toBe(140);
  });

  it('is not what Retort could not write', async () => {
    const { pool } = database;
    const { send } = await limited();
    await pool.query('alter table ingest_batch add constraint nothing check (false) not valid');
    const failed = await send('/v1/exchanges', batch(0, 150));
    await pool.query('alter table ingest_batch drop constraint nothing');
    expect(failed).toMatchObject({ status: 503 });
    expect(await send('/v1/exchanges', batch(0, 150))).toMatchObject({ status: 200, body: { accepted: 150 } });
    expect(await send('/v1/exchanges', batch(0, 1))).toMatchObject({ status: 429 });
  });
});

it('without a rate nobody waits', async () => {
  const { send } = await endpointRoom(database.pool);
  for (let round = 0; round < 3; round += 1) {
    expect(await send('/v1/exchanges', batch(round * 2_000, 2_000))).toMatchObject({ body: { accepted: 2_000 } });
  }
});
