import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledgeCampaign } from '../../src/campaigns/lifecycle.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { createPool } from '../../src/db/pool.ts';
import { defineJob } from '../../src/jobs/job.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { repetitions } from './repetitions.ts';
import { seen } from './seen.ts';
import { expectToldOnce } from './told-once.ts';

const PEOPLE = ['U0MARA', 'U0JONAS', 'U0RAVI'];

let database: TestDatabase;
/** Three replicas, each with connections of its own. */
let pools: ReturnType<typeof createPool>[];
beforeAll(async () => {
  database = await createTestDatabase();
  pools = PEOPLE.map(() => createPool(database.url, { log: silentLog }));
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.drop();
});

describe('three replicas', () => {
  const rounds = repetitions(5, 200);

  it('racing for one button and the rows that it leads to: one person wins, all is told once', {
    timeout: 600_000,
  }, async () => {
    const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
    const workers = pools.map((pool) => room.worker({ pool }));
    const all = () => Promise.all(workers.map((work) => work()));
    for (let round = 1; round <= rounds; round += 1) {
      await room.alert();
      const now = room.clock.now();
      // The alert is on its way to Slack while all three press.
      const outcomes = await Promise.all([
        ...PEOPLE.map((actor, index) =>
          createCampaignStore(pools[index] ?? database.pool).transition(round, { actor, now }, (campaign) =>
            acknowledgeCampaign(campaign, { actor, now }),
          ),
        ),
        all(),
      ]);
      expect(outcomes.filter((outcome) => 'ok' in outcome && outcome.ok)).toHaveLength(1);
      await all();
      room.clock.advance(5_000);
    }
    await room.settle(async () => {
      await all();
      return { sent: 0, retry: 0, unknown: 0, dead: 0, lost: 0 };
    });
    await expectToldOnce(database.pool, room.sandbox);
    const { rows } = await database.pool.query(
      `select count(*)::int as n from audit_entry where action = 'campaign.acknowledge'`,
    );
    expect(rows).toEqual([{ n: rounds }]);
    seen(3, { 'races for a button and its posts': rounds });
  });

  it('racing for slots: each is run once, none is skipped', async () => {
    const START = Date.parse('2026-04-22T09:00:00Z');
    const ran: number[] = [];
    let now = START;
    const job = defineJob({
      name: 'raced',
      schedule: '* * * * *',
      catchUp: 'every',
      run: async ({ slotAt }) => void ran.push((slotAt - START) / 60_000),
    });
    const replicas = pools.map((pool) =>
      createScheduler({ pool, jobs: [job], log: silentLog, clock: async () => now }),
    );
    await replicas[0]?.runDueSlots(now - 1);
    for (let minute = 0; minute < rounds; minute += 1) {
      now = START + minute * 60_000;
      await Promise.all(replicas.map((replica) => replica.runDueSlots(now)));
    }
    await replicas[0]?.runDueSlots(now);
    expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: rounds }, (_, minute) => minute));
    seen(3, { 'races for a slot': rounds });
  });
});
