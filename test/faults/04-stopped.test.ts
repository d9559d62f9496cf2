import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnforcePoint } from '../../src/jobs/enforce.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { approved, enforcing, workOff } from '../jobs/enforcing.ts';
import { launchDeliverer } from './launch-worker.ts';
import { repetitions } from './repetitions.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const PAST_LEASE_MS = 121_000;
const rounds = repetitions(1, 10);

describe('stopped for longer than its lease, then resumed,', () => {
  it.each<DeliveryPoint>(['claimed', 'about_to_send', 'request_sent', 'response_received', 'marked'])(
    'a delivery worker (SIGSTOP at %s) loses and doubles nothing',
    { timeout: 300_000 },
    async (point) => {
      const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
      const { sandbox, clock } = room;
      const worker = await launchDeliverer(database.url, sandbox);
      for (let round = 1; round <= rounds; round += 1) {
        await room.alert();
        const posts = () => sandbox.control.calls('chat.postMessage');
        const before = posts().length;
        worker.order({ now: clock.now(), stopAt: { point, passes: 0 } });
        expect(await worker.word()).toBe(point);
        const isThere = () => ['claimed', 'about_to_send'].includes(point) || posts().length > before;
        await sandbox.control.until(() => isThere() && posts().every(({ settled }) => settled));
        worker.signal('SIGSTOP');
        clock.advance(PAST_LEASE_MS);
        await room.acknowledge(round, 'U0MARA');
        await room.settle(room.worker());
        worker.order({ now: clock.now() });
        worker.signal('SIGCONT');
        expect(await worker.word()).toBe('round over');
        await room.settle(room.worker());
        clock.advance(PAST_LEASE_MS);
      }
      await worker.kill();
      // It did post a second time where nothing could hold it.
      expect(sandbox.control.calls('chat.delete')).toHaveLength(point === 'about_to_send' ? rounds : 0);
      await expectToldOnce(database.pool, sandbox);
      seen(4, { [`SIGSTOP at ${point}`]: rounds });
    },
  );

  it.each<EnforcePoint>(['taken', 'request_sent', 'answered', 'kept'])(
    'an enforcement worker (at %s) bans nobody twice and keeps the heir’s word',
    async (point) => {
      for (let round = 0; round < rounds; round += 1) {
        const { clock } = await deliveryRoom(database.pool);
        await clearActions(database.pool);
        const receiver = await startReceiver({ now: clock.now });
        const { number, members } = await makeCampaign(database.pool, { accounts: 6 });
        await approved(database.pool, number, { action: 'suspend', scope: 'members' }, clock.now());
        const options = { service: serviceAt(receiver.url), batchSize: 2 };
        let isDue = true;
        const stopped = enforcing(database.pool, clock, {
          ...options,
          async onPoint(at) {
            if (at !== point || !isDue) return;
            isDue = false;
            clock.advance(PAST_LEASE_MS);
            await workOff(database.pool, clock, enforcing(database.pool, clock, options));
          },
        });
        await stopped();
        await workOff(database.pool, clock, enforcing(database.pool, clock, options));
        expect(isDue).toBe(false);
        expect(receiver.acted.map(({ accountId }) => accountId).toSorted()).toEqual(members);
        const { rows } = await database.pool.query('select state, count(*)::int from action_ledger group by state');
        expect(rows).toEqual([{ state: 'done', count: 6 }]);
      }
      seen(4, { [`enforcement stopped at ${point}`]: rounds });
    },
  );
});
