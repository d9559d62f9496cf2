import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase } from '../database.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => exchangeLine(`id ${from + at}`)).join('\n');

describe('a database without a connection to spare', () => {
  it('delays posts and batches, and loses and doubles none', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
    await room.alert();
    // Superusers are let in past the limit: Retort is not to be one.
    const role = `retort_few_${randomBytes(4).toString('hex')}`;
    await database.pool.query(`create role ${role} login password 'few' connection limit 3`);
    onTestFinished(async () => {
      await database.pool.query(`drop owned by ${role}; drop role ${role}`);
    });
    // Not a superuser by it, but the owner of the tables, which get a part for each day.
    await database.pool.query(`do $$ begin execute format('grant %I to ${role}', current_user); end $$`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'few';
    const greedy = createPool(url.href, { log: silentLog, maxConnections: 3 });
    const taken = [await greedy.connect(), await greedy.connect(), await greedy.connect()];
    const pool = createPool(url.href, { log: silentLog });
    onTestFinished(async () => {
      await pool.end();
      await greedy.end();
    });
    const { send } = await endpointRoom(pool);
    const work = room.worker({ pool });
    await expect(work()).rejects.toThrow(/too many connections/);
    const refused = await send('/v1/exchanges', lines(0, 20), { 'idempotency-key': 'k' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    for (const client of taken) client.release(true);
    // The server notices the end of a session a moment later.
    await expect.poll(() => work().catch(() => undefined)).toBeDefined();
    await room.settle(() => work().catch(() => ({ sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 })));
    await expectToldOnce(database.pool, room.sandbox);
    await expect
      .poll(async () => (await send('/v1/exchanges', lines(0, 20), { 'idempotency-key': 'k' })).status)
      .toBe(200);
    const { rows } = await database.pool.query('select count(*)::int as n from exchange');
    expect(rows).toEqual([{ n: 20 }]);
    seen(14, { 'connections exhausted': 2 });
  });
});
