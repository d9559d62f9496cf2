import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { defineJob } from '../../src/jobs/job.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { silentLog } from '../../src/log.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { approved, enforcing, workOff } from '../jobs/enforcing.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { type Break, commitProxy } from './commit-proxy.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const BREAKS: Break[] = ['before', 'after'];

/** A pool through the proxy, and a way to try something with each of its COMMITs broken off in turn. */
async function breaking() {
  const proxy = await commitProxy(database.url);
  const pool = createPool(proxy.url, { log: silentLog });
  onTestFinished(() => pool.end());
  return {
    pool,
    /** Returns how many there were to break. */
    each: async (how: Break, attempt: () => Promise<void>): Promise<number> => {
      for (let nth = 1; ; nth += 1) {
        proxy.breakAt(nth, how);
        await attempt();
        if (!proxy.broke()) return nth - 1;
      }
    },
  };
}

describe.each(BREAKS)('the connection breaks at COMMIT, %s the database hears it:', (how) => {
  it('a delivery is made once', { timeout: 120_000 }, async () => {
    const { pool, each } = await breaking();
    const commits = await each(how, async () => {
      const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
      await room.alert();
      const work = room.worker({ pool });
      const round = () => work().catch(() => ({ sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 }));
      await round();
      await room.acknowledge(1, 'U0MARA');
      await room.settle(round);
      await expectToldOnce(database.pool, room.sandbox);
    });
    expect(commits).toBeGreaterThan(5);
    seen(2, { [`delivery commits broken ${how}`]: commits });
  });

  it('a ban is carried out once for each account', { timeout: 120_000 }, async () => {
    const { pool, each } = await breaking();
    const commits = await each(how, async () => {
      const { clock } = await deliveryRoom(database.pool);
      await clearActions(database.pool);
      const receiver = await startReceiver({ now: clock.now });
      const { number, members } = await makeCampaign(database.pool, { accounts: 5 });
      await approved(database.pool, number, { action: 'suspend', scope: 'members' }, clock.now());
      const work = enforcing(pool, clock, { service: serviceAt(receiver.url), batchSize: 2 });
      await workOff(database.pool, clock, () => work().catch(() => {}));
      expect(receiver.acted.map(({ accountId }) => accountId).toSorted()).toEqual(members);
      const { rows } = await database.pool.query('select state, count(*)::int from action_ledger group by state');
      expect(rows).toEqual([{ state: 'done', count: 5 }]);
    });
    expect(commits).toBeGreaterThan(5);
    seen(2, { [`enforcement commits broken ${how}`]: commits });
  });

  it('no slot is skipped, and none is done twice', { timeout: 120_000 }, async () => {
    const { pool, each } = await breaking();
    const START = Date.parse('2026-04-22T09:00:00Z');
    const commits = await each(how, async () => {
      await database.pool.query('truncate job_slot');
      let now = START;
      const done: number[] = [];
      const job = defineJob({
        name: 'counted',
        schedule: '*/5 * * * *',
        catchUp: 'every',
        run: async ({ slotAt }) => void done.push((slotAt - START) / 60_000),
      });
      const replica = createScheduler({ pool, jobs: [job], log: silentLog, clock: async () => now });
      for (let minute = 0; minute <= 34; minute += 1) {
        now = START + minute * 60_000;
        await replica.runDueSlots(now).catch(() => {});
      }
      const { rows } = await database.pool.query<{ slot_at: Date }>(
        `select slot_at from job_slot where state = 'done' and attempts > 0 order by slot_at`,
      );
      const slots = [0, 5, 10, 15, 20, 25, 30];
      expect(rows.map(({ slot_at: at }) => (at.getTime() - START) / 60_000)).toEqual(slots);
      expect(done).toEqual(slots);
    });
    expect(commits).toBeGreaterThan(5);
    seen(2, { [`slot commits broken ${how}`]: commits });
  });

  it('a batch that is sent again is counted once', { timeout: 120_000 }, async () => {
    const { pool, each } = await breaking();
    const body = Array.from({ length: 50 }, (_, at) => exchangeLine(`id ${at}`)).join('\n');
    const commits = await each(how, async () => {
      await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model, ingest_request');
      const { send } = await endpointRoom(pool);
      const ask = () => send('/v1/exchanges', body, { 'idempotency-key': 'k' });
      let answer = await ask();
      for (let tries = 0; tries < 5 && answer.status !== 200; tries += 1) answer = await ask();
      expect(answer.body).toEqual({ accepted: 50, duplicates: 0, quarantined: 0 });
      const { rows } = await database.pool.query('select count(*)::int as n from exchange');
      expect(rows).toEqual([{ n: 50 }]);
    });
    expect(commits).toBeGreaterThan(0);
    seen(2, { [`ingest commits broken ${how}`]: commits });
  });
});
