import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { enqueue } from '../../src/db/outbox.ts';
import { advanceWatermark } from '../../src/db/watermark.ts';
import { beat } from '../../src/jobs/heartbeat.ts';
import { selfCheck } from '../../src/jobs/self-check.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from './delivery-room.ts';

const HOUR = 3_600_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate watermark, detection_gap, detection_run, job_slot, ailment');
});

const posts = (room: Awaited<ReturnType<typeof deliveryRoom>>) =>
  room.sandbox.control.messages('C0ALERTS').map(({ text }) => text);

describe('the self-check', () => {
  it('tells of stale data once, and once that it is over, in the channel', async () => {
    const room = await deliveryRoom(database.pool);
    const { pool } = database;
    const check = () => selfCheck({ pool, now: room.clock.now() });
    const work = room.worker();
    await advanceWatermark(pool, 'events', room.clock.now());
    expect(await check()).toEqual({ ailments: [], begun: [], over: [] });
    room.clock.advance(3 * HOUR);
    expect(await check()).toMatchObject({ ailments: ['stale_data'], begun: ['stale_data'] });
    expect(await check()).toMatchObject({ ailments: ['stale_data'], begun: [], over: [] });
    // A replica that looks at the same moment.
    await Promise.all([check(), check()]);
    await room.settle(work);
    expect(posts(room)).toEqual([
      expect.stringMatching(/^:warning: \*Retort sees no new traffic\*, since <!date.* \(3 h\)/),
    ]);
    await advanceWatermark(pool, 'events', room.clock.now());
    expect(await check()).toMatchObject({ ailments: [], over: ['stale_data'] });
    expect(await check()).toMatchObject({ over: [] });
    await room.settle(work);
    expect(posts(room).slice(1)).toEqual([
      expect.stringMatching(/^:white_check_mark: \*Retort sees traffic again\* after 3 h/),
    ]);
    expect(room.sandbox.control.complaints()).toEqual([]);
    // The next time it is news again.
    room.clock.advance(4 * HOUR);
    await check();
    await room.settle(work);
    expect(posts(room)).toHaveLength(3);
  });

  it('is told by one, where several look at once', async () => {
    const { clock } = await deliveryRoom(database.pool);
    await advanceWatermark(database.pool, 'events', clock.now() - 3 * HOUR);
    await Promise.all(Array.from({ length: 5 }, () => selfCheck({ pool: database.pool, now: clock.now() })));
    const { rows } = await database.pool.query(`select kind from outbox where kind = 'self_alert'`);
    expect(rows).toHaveLength(1);
  });

  it('is content where the job finds little to look at, and tells where the job itself stands still', async () => {
    const { pool } = database;
    const { clock } = await deliveryRoom(pool);
    const now = clock.now();
    await pool.query(`insert into detection_run (detection_id, ran_at, window_end) values ('no-night', $1, $1)`, [
      new Date(now - 4 * HOUR),
    ]);
    expect(await selfCheck({ pool, now })).toMatchObject({ ailments: ['failing_detections'] });
    await pool.query(
      `insert into job_slot (job, slot_at, state, attempts, started_at, finished_at, result)
       values ('detect', $1, 'done', 1, $1, $1, '{"waits": "little is new"}')`,
      [new Date(now - HOUR)],
    );
    expect(await selfCheck({ pool, now })).toMatchObject({ ailments: [], over: ['failing_detections'] });
    expect(await selfCheck({ pool, now: now + 2 * HOUR })).toMatchObject({
      begun: expect.arrayContaining(['failing_detections']),
    });
  });

  it('tells which detections fail, and of posts that wait', async () => {
    const room = await deliveryRoom(database.pool);
    const { pool } = database;
    const now = room.clock.now();
    await pool.query(
      `insert into detection_gap (detection_id, window_end, reason, error, recorded_at)
       values ('<!channel>', $1, 'failed', 'x', $1), ('no-night', $1, 'timed_out', 'x', $1)`,
      [new Date(now)],
    );
    // One that is meant for later is not late.
    await enqueue(pool, { kind: 'digest', dedupKey: 'later', payload: {}, notBefore: now + 1 }, now - HOUR);
    expect(await selfCheck({ pool, now })).toMatchObject({ begun: ['failing_detections'] });
    await enqueue(pool, { kind: 'digest', dedupKey: 'd', payload: {}, notBefore: now - HOUR }, now - HOUR);
    expect(await selfCheck({ pool, now })).toMatchObject({ begun: ['late_posts'] });
    await pool.query(`delete from outbox where kind = 'digest'`);
    await room.settle(room.worker());
    const [failing, late] = posts(room);
    expect(failing).toMatch(
      /^:warning: \*2 detections cannot look\*.*\n`&lt;!channel&gt;`, `no-night`: the log says why/s,
    );
    expect(late).toMatch(/^:warning: \*Posts wait for Slack\*, since/);
    expect(room.sandbox.control.complaints()).toEqual([]);
  });
});

describe('the heartbeat', () => {
  async function deadMansSwitch(status: number) {
    let calls = 0;
    const server = createServer((_, response) => {
      calls += 1;
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-id`, calls: () => calls };
  }
  const NOW = Date.parse('2026-03-10T12:00:00Z');

  it('beats while all is well, and is silent while anything ails', async () => {
    const { pool } = database;
    await deliveryRoom(pool);
    const { url, calls } = await deadMansSwitch(200);
    await advanceWatermark(pool, 'events', NOW);
    expect(await beat({ pool, url }, NOW)).toEqual({ sent: true });
    expect(await beat({ pool, url }, NOW + 3 * HOUR)).toEqual({ sent: false, because: ['stale_data'] });
    expect(calls()).toBe(1);
  });

  it.each([500, 404, 302])('says that an answer of %d is none, and not where the switch is', async (status) => {
    const { url } = await deadMansSwitch(status);
    const told = await beat({ pool: database.pool, url }, NOW).catch((fault: unknown) => String(fault));
    expect(told).toMatch(/answered with|fetch failed/);
    expect(told).not.toContain('secret-id');
  });
});
