import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiskRoom, DiskShort, needRoom } from '../../src/db/embedded/disk-room.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { litellmJob } from '../../src/jobs/litellm.ts';
import { selfCheck } from '../../src/jobs/self-check.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine, NOW, SECRET } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A disk whose free bytes the test sets; a thousand are to stay free. */
function disk(now = () => NOW) {
  const state = { free: 5_000 };
  return { state, room: createDiskRoom({ leastBytes: 1_000, free: async () => state.free, now }) };
}

const count = async () => (await database.pool.query('select count(*)::int as n from exchange')).rows[0].n as number;

describe('the room on the disk of our own database', () => {
  it('is too little below its bound, and enough again with a tenth more', async () => {
    let now = NOW;
    const { state, room } = disk(() => now);
    const look = async (free: number) => {
      state.free = free;
      now += 1_000;
      return (await room.look()).shortSince;
    };
    expect(await look(1_000)).toBeNull();
    expect(await look(999)).toBe(NOW + 2_000);
    expect(await look(1_099)).toBe(NOW + 2_000);
    expect(await look(1_100)).toBeNull();
    state.free = 10;
    await expect(needRoom(room)).rejects.toThrow(DiskShort);
    await expect(needRoom(undefined)).resolves.toBeUndefined();
  });

  it('is asked for before a batch is read at the endpoint, which says when to come again', async () => {
    const { state, room } = disk();
    const { send } = await endpointRoom(database.pool, { disk: room });
    const batch = () => send('/v1/exchanges', exchangeLine('one'), { 'idempotency-key': 'one' });
    state.free = 999;
    const refused = await batch();
    expect(refused).toMatchObject({
      status: 503,
      body: { error: 'the disk of the database is nearly full: send it again, with the same Idempotency-Key' },
    });
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await count()).toBe(0);
    state.free = 2_000;
    expect((await batch()).status).toBe(200);
    expect(await count()).toBe(1);
  });

  it('ends a file between two pieces, with whole batches in the database, and the same file goes in later', async () => {
    await database.pool.query('truncate exchange');
    const { state, room } = disk();
    const load = (lines: string[], onLine: (at: number) => void = () => {}) => {
      async function* chunks() {
        for (const [at, line] of lines.entries()) {
          onLine(at);
          yield Buffer.from(`${line}\n`);
        }
      }
      return ingestFiles({
        pool: database.pool,
        secret: SECRET,
        clock: () => NOW,
        adapter: native,
        disk: room,
        exchanges: { name: 'file', bytes: undefined, readBytes: () => 0, chunks: Readable.from(chunks()) },
      });
    };
    const lines = Array.from({ length: 50 }, (_, at) => exchangeLine(`line ${at}`));
    await expect(
      load(lines, (at) => {
        if (at === 25) state.free = 10;
      }),
    ).rejects.toThrow('the disk of the database has 0 MB left');
    state.free = 5_000;
    await load(lines);
    expect(await count()).toBe(50);
  });

  it('keeps the poll of LiteLLM waiting, without a failed slot', async () => {
    const { state, room } = disk();
    let polls = 0;
    const job = litellmJob(async () => ({ polls: (polls += 1) }), room);
    const slot = {
      now: NOW,
      slotAt: NOW,
      skipped: 0,
      attempt: 1,
      log: silentLog,
      signal: new AbortController().signal,
    };
    state.free = 10;
    expect(await job.run(slot)).toEqual({ waits: 'the disk is nearly full' });
    state.free = 5_000;
    expect(await job.run(slot)).toEqual({ polls: 1 });
  });

  it('is told of in the channel when it is too little, and when there is enough again', async () => {
    const room = await deliveryRoom(database.pool);
    const { state, room: own } = disk(room.clock.now);
    const work = room.worker();
    const check = () => selfCheck({ pool: database.pool, now: room.clock.now(), disk: own });
    expect(await check()).toMatchObject({ begun: [] });
    state.free = 10;
    expect(await check()).toMatchObject({ begun: ['short_disk'] });
    room.clock.advance(600_000);
    expect(await check()).toMatchObject({ ailments: ['short_disk'], begun: [] });
    state.free = 5_000;
    expect(await check()).toMatchObject({ over: ['short_disk'] });
    await room.settle(work);
    expect(room.sandbox.control.messages('C0ALERTS').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^:warning: \*The disk of the database is nearly full\*/),
      expect.stringMatching(/^:white_check_mark: \*The disk has room again, and ingest goes on\* after 10 min/),
    ]);
  });
});
