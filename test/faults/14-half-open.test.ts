import { describe, expect, it, onTestFinished } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { gatherHits } from '../../src/jobs/gather-hits.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase } from '../database.ts';
import { detectionOf } from '../detections/detection-of.ts';
import { END } from '../detections/world.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { seen } from './seen.ts';
import { stallProxy } from './stall-proxy.ts';
import { expectToldOnce } from './told-once.ts';

/** Longer than any statement here takes, far shorter than the two minutes of the program. */
const ANSWER_MS = 2_000;

async function stallingRoom() {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const proxy = await stallProxy(database.url);
  const pool = createPool(proxy.url, { log: silentLog, answerTimeoutMs: ANSWER_MS });
  onTestFinished(() => pool.end());
  return { database, proxy, pool };
}

const lines = Array.from({ length: 20 }, (_, at) => exchangeLine(`id ${at}`)).join('\n');

describe('a connection to the database that falls silent', () => {
  it('gives a worker its word back, is not used again, and the post is made once', async () => {
    const { database, proxy, pool } = await stallingRoom();
    const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
    let stalls = 0;
    // Where it claims, where it writes down what Slack said, and where only the answer to the COMMIT is lost.
    for (const [words, how] of [
      ['outbox', 'before'],
      ['update campaign', 'before'],
      ['commit\0', 'after'],
    ] as const) {
      await room.alert();
      const work = room.worker({ pool });
      proxy.stallAt(words, how);
      const ended = await work().then(() => 'in order', String);
      expect(ended).toMatch(/^in order$|Query read timeout/);
      stalls += 1;
      expect(proxy.stalls()).toBe(stalls);
      proxy.letGo();
      await room.settle(work);
      await expectToldOnce(database.pool, room.sandbox);
    }
    seen(14, { 'connections that fell silent': stalls });
  });

  it.each([
    ['before a day is made', 'make_day', 'before'],
    ['before rows are copied', 'copy exchange', 'before'],
    ['in the middle of the copy', 'copy exchange', 'after'],
    ['before a batch that repeats something is copied again', 'copy staged_exchange', 'before', 'repeating'],
    ['in the middle of that copy', 'copy staged_exchange', 'after', 'repeating'],
    ['before what is new in it is counted', 'insert into exchange', 'before', 'repeating'],
    ['before the batch is closed', 'update ingest_batch', 'before'],
    ['after it was committed, unheard', 'commit\0', 'after'],
  ] as const)('tells a sender to come again, %s, and counts the batch once', async (_, words, how, repeating?) => {
    const { database, proxy, pool } = await stallingRoom();
    const { send, endpoint } = await endpointRoom(pool);
    if (repeating !== undefined) await send('/v1/exchanges', exchangeLine('id 7'));
    proxy.stallAt(words, how);
    const refused = await send('/v1/exchanges', lines, { 'idempotency-key': 'k' });
    expect(proxy.stalls()).toBe(1);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(endpoint.inFlight()).toBe(0);
    proxy.letGo();
    expect((await send('/v1/exchanges', lines, { 'idempotency-key': 'k' })).status).toBe(200);
    const { rows } = await database.pool.query('select count(*)::int as n from exchange');
    expect(rows).toEqual([{ n: 20 }]);
  });

  it('leaves a detection the time that it was given, and ends it where it falls silent', async () => {
    const { proxy, pool } = await stallingRoom();
    const slow = detectionOf(`select 'late' as trait from pg_sleep(${ANSWER_MS / 1_000 + 0.5})`);
    const gather = (timeoutMs: number) => gatherHits(pool, [slow], { end: END }, { timeoutMs, log: silentLog });
    expect((await gather(60_000)).hits.map(({ trait }) => trait)).toEqual(['late']);
    proxy.stallAt('set local statement_timeout');
    expect(await gather(60_000)).toMatchObject({
      hits: [],
      failed: [{ error: expect.stringContaining('Query read timeout') }],
    });
    expect(proxy.stalls()).toBe(1);
  });
});
