import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { heartbeatJob } from '../../src/jobs/heartbeat.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A dead-man's switch, and a bot of which each part can be left dead. */
async function room() {
  let beats = 0;
  const server = createServer((_, response) => {
    beats += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const delivery = await deliveryRoom(database.pool);
  const { clock } = delivery;
  await database.pool.query('truncate job_slot');
  const pool = createPool(database.url, { log: silentLog });
  const scheduler = createScheduler({
    pool,
    jobs: [heartbeatJob({ pool, url })],
    log: silentLog,
    clock: async () => clock.now(),
  });
  return {
    delivery,
    pool,
    /** Lets minutes pass in which new traffic comes in; returns how many beats they brought. */
    minutes: async (count: number, meanwhile: () => Promise<unknown> = async () => {}): Promise<number> => {
      const before = beats;
      for (let minute = 0; minute < count; minute += 1) {
        clock.advance(60_000);
        await advanceWatermark(database.pool, 'events', clock.now());
        await meanwhile();
        await scheduler.runDueSlots(clock.now()).catch(() => {});
      }
      return beats - before;
    },
  };
}

describe('the outside heartbeat', () => {
  it('is called each minute while the bot lives, and not once without its database', async () => {
    const { minutes, pool } = await room();
    expect(await minutes(10)).toBe(10);
    await pool.end();
    expect(await minutes(10)).toBe(0);
  });

  it('falls silent where only the delivery to Slack is dead, and comes back with it', async () => {
    const { minutes, delivery, pool } = await room();
    onTestFinished(() => pool.end());
    const work = delivery.worker();
    await delivery.alert();
    expect(await minutes(5, work)).toBe(5);
    await delivery.alert();
    await minutes(30);
    expect(await minutes(5)).toBe(0);
    await minutes(5, work);
    expect(await minutes(5, work)).toBe(5);
  });
});
