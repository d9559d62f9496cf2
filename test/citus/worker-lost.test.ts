import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { exchangeLine, loadExchanges } from '../ingest/loading.ts';
import { type DeliveryRoom, deliveryRoom } from '../jobs/delivery-room.ts';

// On a coordinator with workers, whose database CITUS_URL names and which nobody else uses: CITUS_LOSE and CITUS_REGAIN are
// the commands that stop one of the workers and start it (docs/scaling.md).

const { CITUS_URL: url, CITUS_LOSE: lose, CITUS_REGAIN: regain } = process.env;
const sh = async (command: string) => promisify(execFile)('sh', ['-c', command]);
/** Of many accounts, so that every worker has some. */
const lines = (name: string) =>
  Array.from({ length: 60 }, (_, at) => exchangeLine(`${name} ${at}`, { account_id: `acct_${at}` }));

it.skipIf(url === undefined || lose === undefined || regain === undefined)(
  'alerts go on while a worker is away, and what it missed is refused whole and counted once',
  { timeout: 120_000 },
  async () => {
    if (url === undefined || lose === undefined || regain === undefined) return;
    await migrate(url, silentLog);
    const pool = createPool(url, { log: silentLog });
    const room = await deliveryRoom(pool);
    try {
      await loadExchanges(pool, lines(`before ${room.clock.now()}`));
      await alertAndSettle(room);
      expect(room.sandbox.control.messages('abuse-alerts')).toHaveLength(1);
      await sh(lose);
      const missed = lines(`missed ${Date.now()}`);
      try {
        await alertAndSettle(room);
        expect(room.sandbox.control.messages('abuse-alerts')).toHaveLength(2);
        await expect(loadExchanges(pool, missed)).rejects.toThrow(/connection/);
      } finally {
        await sh(regain);
      }
      expect(await loadExchanges(pool, missed)).toMatchObject({ accepted: missed.length, duplicates: 0 });
      expect(await loadExchanges(pool, missed)).toMatchObject({ accepted: 0, duplicates: missed.length });
    } finally {
      await pool.end();
    }
  },
);

async function alertAndSettle(room: DeliveryRoom): Promise<void> {
  await room.alert();
  await room.settle(room.worker());
}
