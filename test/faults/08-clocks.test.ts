import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { createReplicaClock } from '../../src/jobs/replica-clock.ts';
import { silentLog } from '../../src/log.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

const TEN_MINUTES_MS = 600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it.each([
  ['ahead', TEN_MINUTES_MS],
  ['behind', -TEN_MINUTES_MS],
])('a replica whose clock is ten minutes %s takes no row from one that holds it', async (_, skewMs) => {
  const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const { clock, sandbox } = room;
  await room.alert();
  const own = () => clock.now() + skewMs;
  const skewed = createReplicaClock({ databaseNow: async () => clock.now(), own, log: silentLog });
  await skewed.refresh();
  const other = room.worker({ clock: { now: skewed.now, sleep: clock.sleep } });
  let looks = 0;
  const holder = room.worker({
    async onPoint(point) {
      if (point !== 'claimed') return;
      looks += 1;
      expect(await other()).toMatchObject({ sent: 0, unknown: 0 });
    },
  });
  expect(await holder()).toMatchObject({ sent: 1 });
  await room.acknowledge(1, 'U0MARA');
  await room.settle(other);
  await expectToldOnce(database.pool, sandbox);
  seen(8, { 'looks of a skewed replica': looks });
});

it('the clock of a replica goes on from its own while the database cannot be asked', async () => {
  let own = 1_000_000;
  let isThere = true;
  const databaseNow = async () => {
    if (!isThere) throw new Error('no database');
    return own + TEN_MINUTES_MS;
  };
  const clock = createReplicaClock({ databaseNow, own: () => own, log: silentLog });
  expect(clock.now()).toBe(own);
  await clock.refresh();
  expect(clock.now()).toBe(own + TEN_MINUTES_MS);
  isThere = false;
  own += 5_000;
  await clock.refresh();
  expect(clock.now()).toBe(own + TEN_MINUTES_MS);
});
