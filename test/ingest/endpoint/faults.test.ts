import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database.ts';
import { program } from '../../programs.ts';
import { waitingSessions } from '../../waiting-sessions.ts';
import { exchangeLine, SECRET } from '../loading.ts';
import { endpointRoom, NDJSON, TOKEN } from './room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model, ingest_request');
});

const BODY = Array.from({ length: 300 }, (_, at) => exchangeLine(`id ${at}`, { account_id: `a${at % 7}` })).join('\n');
const ALL = { accepted: 300, duplicates: 0, quarantined: 0 };
const stored = async () =>
  (await database.pool.query<{ n: number }>('select count(*)::int as n from exchange')).rows[0]?.n;

/** Makes every write of exchanges wait, until it is let go. */
async function holdWrites() {
  const client = await database.pool.connect();
  await client.query('begin; lock table exchange in share mode');
  const waiting = () => waitingSessions(database.pool);
  let isHeld = true;
  const letGo = async () => {
    if (isHeld) await client.query('rollback').finally(() => client.release());
    isHeld = false;
  };
  onTestFinished(letGo);
  return { waiting, letGo };
}

/** A client that sends what it is told to, when it is told to. */
async function slowClient(port: number, length: number): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(
    `POST /v1/exchanges HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: ${NDJSON}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  return { socket, heard: () => text };
}

describe('a batch whose write is broken off', () => {
  it('by the death of the whole process is counted once when it is sent again with its key', {
    timeout: 60_000,
  }, async () => {
    const launch = async () => {
      const script = program('test/ingest/endpoint/endpoint-process.ts');
      const child = spawn(process.execPath, [script, database.url, SECRET, TOKEN], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON, 'idempotency-key': 'killed' };
      const send = () =>
        fetch(`http://127.0.0.1:${Number(port)}/v1/exchanges`, { method: 'POST', headers, body: BODY });
      return { child, send };
    };
    const first = await launch();
    const { waiting, letGo } = await holdWrites();
    const unanswered = first.send().then(
      () => 'answered',
      () => 'cut off',
    );
    await expect.poll(waiting).toHaveLength(1);
    first.child.kill('SIGKILL');
    expect(await unanswered).toBe('cut off');
    await letGo();
    const second = await launch();
    const again = await second.send();
    // The dead one's transaction may have ended by its rollback or by its commit: counted once, either way.
    expect([again.status, await again.json()]).toEqual([200, ALL]);
    expect(await (await second.send()).json()).toEqual(ALL);
    expect(await stored()).toBe(300);
  });

  it('by the database is told as such, and counted once when it is sent again', async () => {
    const { send } = await endpointRoom(database.pool);
    const { waiting, letGo } = await holdWrites();
    const first = send('/v1/exchanges', BODY, { 'idempotency-key': 'k' });
    await expect.poll(waiting).toHaveLength(1);
    await database.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [await waiting()]);
    const told = await first;
    expect(told).toMatchObject({ status: 503, body: { error: expect.stringContaining('send it again') } });
    expect(told.headers.get('retry-after')).toBe('5');
    await letGo();
    expect(await send('/v1/exchanges', BODY, { 'idempotency-key': 'k' })).toMatchObject({ status: 200, body: ALL });
    expect(await stored()).toBe(300);
  });
});

describe('a client that is slow', () => {
  it('takes a place, the next is asked to come again, and both are served', async () => {
    const { send, port, endpoint } = await endpointRoom(database.pool, { limits: { inFlight: 1 } });
    const line = exchangeLine('slow');
    const { socket, heard } = await slowClient(port, line.length);
    socket.write(line.slice(0, 20));
    await expect.poll(endpoint.inFlight).toBe(1);
    const refused = await send('/v1/exchanges', exchangeLine('quick'));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    socket.write(line.slice(20));
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 200 .*"accepted":1/s);
    expect(await send('/v1/exchanges', exchangeLine('quick'))).toMatchObject({ status: 200, body: { accepted: 1 } });
  });

  it('is cut off after a while, and its place is free again', async () => {
    const { port, endpoint } = await endpointRoom(database.pool, { requestTimeoutMs: 300 });
    const { socket, heard } = await slowClient(port, 1_000);
    socket.write('{"id":');
    await expect.poll(endpoint.inFlight).toBe(1);
    await once(socket, 'close');
    expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
    await expect.poll(endpoint.inFlight).toBe(0);
    expect(await stored()).toBe(0);
  });

  it('leaves its place when it goes', async () => {
    const { port, endpoint } = await endpointRoom(database.pool);
    const { socket } = await slowClient(port, 1_000);
    await expect.poll(endpoint.inFlight).toBe(1);
    socket.destroy();
    await expect.poll(endpoint.inFlight).toBe(0);
  });
});

describe('at the end', () => {
  it('what is under way is finished, and what comes is refused', async () => {
    const { port, listener, endpoint } = await endpointRoom(database.pool);
    const line = exchangeLine('last');
    const last = await slowClient(port, line.length);
    last.socket.write(line.slice(0, 20));
    // Two requests on one connection: the second comes when the listener is stopping already.
    const other = await slowClient(port, line.length);
    await expect.poll(endpoint.inFlight).toBe(2);
    const stopped = listener.stop();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
    last.socket.write(line.slice(20));
    other.socket.write(`${line}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
    await stopped;
    await expect.poll(last.heard).toMatch(/^HTTP\/1\.1 200 .*connection: close/is);
    await expect.poll(other.heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(other.heard()).not.toMatch(/"ok":true/);
    expect(await stored()).toBe(1);
  });
});
