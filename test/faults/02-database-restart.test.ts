import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRunningServer } from '../../src/db/embedded/running-server.ts';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import type { EnforcePoint } from '../../src/jobs/enforce.ts';
import { defineJob } from '../../src/jobs/job.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import type { DeliveryPoint } from '../../src/jobs/send-delivery.ts';
import { silentLog } from '../../src/log.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { serviceAt, startReceiver } from '../enforcement/receiver.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { approved, enforcing, workOff } from '../jobs/enforcing.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { isLong, repetitions } from './repetitions.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

const MANNERS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
// A restart takes a second or two: with every change, only where the most is at stake.
const DELIVERY: DeliveryPoint[] = isLong
  ? ['claimed', 'request_sent', 'response_received', 'marked']
  : ['request_sent', 'response_received'];
const ENFORCEMENT: EnforcePoint[] = isLong ? ['taken', 'request_sent', 'answered', 'kept'] : ['answered'];
const nobody = { sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 };

/** A server of one's own, which can be restarted as `pg_ctl restart` does it, on the same port. */
async function restartable() {
  const dataDir = await temporaryDirectory();
  // What an immediate restart must not lose has to be on disk.
  const options = { dataDir, log: silentLog };
  let server = await startEmbeddedServer(options);
  const { url } = server;
  await migrate(url, silentLog);
  const pool = createPool(url, { log: silentLog });
  onTestFinished(async () => {
    await pool.end();
    await server.stop();
  });
  const cluster = path.join(server.directory, 'cluster');
  return {
    pool,
    restart: async (manner: keyof typeof MANNERS): Promise<void> => {
      const running = await findRunningServer(cluster);
      if (running === undefined) throw new Error('there is no server to restart');
      process.kill(running.pid, MANNERS[manner]);
      while ((await findRunningServer(cluster))?.pid === running.pid) await wait(10);
      server = await startEmbeddedServer({ ...options, port: Number(new URL(url).port) });
      expect(server.url).toBe(url);
    },
  };
}

describe.each(['fast', 'immediate'] as const)('a database that restarts, %s,', (manner) => {
  const rounds = repetitions(1, 5);

  it('during a delivery, a ban and a job: nothing lost, nothing twice, no slot skipped', {
    timeout: 600_000,
  }, async () => {
    const { pool, restart } = await restartable();
    let restarts = 0;
    const once = (wanted: string) => {
      let isDue = true;
      return async (point: string) => {
        if (point !== wanted || !isDue) return;
        isDue = false;
        restarts += 1;
        await restart(manner);
      };
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const point of DELIVERY) {
        const room = await deliveryRoom(pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
        await room.alert();
        const work = room.worker({ onPoint: once(point) });
        await work().catch(() => {});
        await room.acknowledge(1, 'U0MARA');
        await room.settle(() => work().catch(() => nobody));
        await expectToldOnce(pool, room.sandbox);
      }
      for (const point of ENFORCEMENT) {
        const { clock } = await deliveryRoom(pool);
        await clearActions(pool);
        const receiver = await startReceiver({ now: clock.now });
        const { number, members } = await makeCampaign(pool, { accounts: 5 });
        await approved(pool, number, { action: 'suspend', scope: 'members' }, clock.now());
        const work = enforcing(pool, clock, { service: serviceAt(receiver.url), batchSize: 2, onPoint: once(point) });
        await workOff(pool, clock, () => work().catch(() => {}));
        expect(receiver.acted.map(({ accountId }) => accountId).toSorted()).toEqual(members);
      }
      await pool.query('truncate job_slot');
      const START = Date.parse('2026-04-22T09:00:00Z');
      let now = START;
      const interrupt = once('run');
      const ran: number[] = [];
      const job = defineJob({
        name: 'counted',
        schedule: '*/5 * * * *',
        catchUp: 'every',
        async run({ slotAt }) {
          await interrupt('run');
          ran.push((slotAt - START) / 60_000);
        },
      });
      const replica = createScheduler({ pool, jobs: [job], log: silentLog, clock: async () => now });
      for (let minute = 0; minute <= 19; minute += 1) {
        now = START + minute * 60_000;
        await replica.runDueSlots(now).catch(() => {});
      }
      // A run whose end could not be written is run again, as jobs must bear.
      expect([...new Set(ran)]).toEqual([0, 5, 10, 15]);
      const { rows } = await pool.query(`select from job_slot where state = 'done' and attempts > 0`);
      expect(rows).toHaveLength(4);
    }
    expect(restarts).toBe(rounds * (DELIVERY.length + ENFORCEMENT.length + 1));
    seen(2, { [`${manner} restarts`]: restarts });
  });
});
