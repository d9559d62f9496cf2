import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { launchWorker, type Worker } from './launch-worker.ts';
import { repetitions, sequence } from './repetitions.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const POINTS = ['claimed', 'request_sent', 'response_received', 'marked'] as const;
/** Longer than a lease. */
const PAST_LEASE_MS = 121_000;

it('SIGKILL of a delivery worker at each numbered point loses and doubles nothing', {
  timeout: 1_800_000,
}, async () => {
  const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const { sandbox, clock } = room;
  const wanted = repetitions(12, 520);
  const random = sequence(20_260_427);
  const killed = { claimed: 0, request_sent: 0, response_received: 0, marked: 0 };
  // Starting one takes longer than killing one: the next start while the first works.
  const waiting = Array.from({ length: 2 }, () => launchWorker(database.url, sandbox));
  let campaigns = 0;
  for (let kills = 0; kills < wanted; ) {
    await room.alert();
    campaigns += 1;
    if (random(2) === 0) await room.acknowledge(campaigns, 'U0MARA');
    const point = POINTS[kills % POINTS.length] ?? 'claimed';
    const worker = (await waiting.shift()) as Worker;
    worker.order({ now: clock.now(), stopAt: { point, passes: random(3) } });
    const word = await worker.word();
    // The request may have reached Slack by then, or may never do so: both happen.
    if (word === 'request_sent' && random(2) === 0) {
      await sandbox.control.until(() => sandbox.control.calls().every(({ settled }) => settled));
    }
    await worker.kill();
    await sandbox.control.until(() => sandbox.control.calls().every(({ settled }) => settled));
    waiting.push(launchWorker(database.url, sandbox));
    clock.advance(PAST_LEASE_MS);
    if (word === 'up' || word === 'round over') continue;
    killed[word] += 1;
    kills += 1;
  }
  for (const worker of waiting) await (await worker).kill();
  await room.settle(room.worker());
  const tally = await expectToldOnce(database.pool, sandbox);
  expect(tally.campaigns).toBe(campaigns);
  expect(Math.min(...Object.values(killed))).toBeGreaterThanOrEqual(wanted / POINTS.length);
  seen(1, { ...killed, ...tally });
});
