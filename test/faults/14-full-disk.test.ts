import { chmod, chown, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { seen } from './seen.ts';
import { NO_SMALL_DISK, smallDisk } from './small-disk.ts';
import { expectToldOnce } from './told-once.ts';

const MEGABYTES = 12;
const LINES = 2_000;
const MOST_BATCHES = 60;

const lines = (batch: number) =>
  Array.from({ length: LINES }, (_, at) => exchangeLine(`id ${batch} ${at}`, { account_id: `acct_${at % 97}` })).join(
    '\n',
  );

/** The days of exchanges and traits go to the small disk, as to a volume of their own. */
async function putDaysOn(database: TestDatabase, folder: string): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  const { rows } = await database.pool.query<{ dir: string }>(`select current_setting('data_directory') as dir`);
  const { uid, gid } = await stat(rows[0]?.dir ?? '');
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  await database.pool.query(`create tablespace ${name} location '${folder}'`);
  await database.pool.query(`alter database ${name} set default_tablespace = ${name}`);
}

it('stops the ingest in words, lets alerts go on, and goes on by itself once there is room', async ({ skip }) => {
  const folder = await smallDisk(MEGABYTES);
  if (folder === undefined) skip(NO_SMALL_DISK);
  const database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  onTestFinished(async () => {
    const other = await createTestDatabase({ empty: true });
    await database.drop();
    await other.pool.query(`drop tablespace if exists ${name}`);
    await other.drop();
  });
  await putDaysOn(database, folder as string);
  // Sessions from here on have the setting.
  await database.pool
    .query('select pg_terminate_backend(pid) from pg_stat_activity where pid = pg_backend_pid()')
    .catch(() => {});
  const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const { send } = await endpointRoom(database.pool);
  const ballast = path.join(folder as string, 'ballast');
  await writeFile(ballast, Buffer.alloc((MEGABYTES / 2) * 1024 * 1024));

  let taken = 0;
  let refused = await send('/v1/exchanges', lines(taken), { 'idempotency-key': `batch-${taken}` });
  while (refused.status === 200 && taken < MOST_BATCHES) {
    taken += 1;
    refused = await send('/v1/exchanges', lines(taken), { 'idempotency-key': `batch-${taken}` });
  }
  expect(refused).toMatchObject({
    status: 503,
    body: { error: 'the disk of the database is full: send it again, with the same Idempotency-Key' },
  });
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(taken).toBeGreaterThan(0);

  await room.alert();
  await room.settle(room.worker());
  await expectToldOnce(database.pool, room.sandbox);
  expect(room.sandbox.control.messages('abuse-alerts')).toHaveLength(1);

  await rm(ballast);
  expect((await send('/v1/exchanges', lines(taken), { 'idempotency-key': `batch-${taken}` })).status).toBe(200);
  const { rows } = await database.pool.query('select count(*)::int as n from exchange');
  expect(rows).toEqual([{ n: (taken + 1) * LINES }]);
  seen(14, { 'full disks': 1, 'batches before': taken });
});
