import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDiskRoom, freeBytesOf } from '../../src/db/embedded/disk-room.ts';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { selfCheck } from '../../src/jobs/self-check.ts';
import { silentLog } from '../../src/log.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { seen } from './seen.ts';
import { NO_SMALL_DISK, smallDisk } from './small-disk.ts';

const MEGABYTES = 400;
const MB = 1_000_000;
/** Beside the server's own files and its log: some batches, then nothing. */
const LEAST_BYTES = 100 * MB;
const LINES = 2_000;
const MOST_BATCHES = 60;

const lines = (batch: number) =>
  Array.from({ length: LINES }, (_, at) => exchangeLine(`id ${batch} ${at}`, { account_id: `acct_${at % 97}` })).join(
    '\n',
  );

it('stops the ingest before the log of our own server has no room, tells of it, and goes on by itself', async ({
  skip,
}) => {
  const folder = await smallDisk(MEGABYTES);
  if (folder === undefined) skip(NO_SMALL_DISK);
  const dataDir = folder as string;
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedServer({ dataDir, log: silentLog, durable: false });
  expect(server.directory.startsWith(dataDir)).toBe(true);
  const pool = createPool(server.url, { log: silentLog });
  onTestFinished(async () => {
    await pool.end();
    await server.stop();
  });
  await migrate(server.url, silentLog);
  const room = await deliveryRoom(pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
  const free = () => freeBytesOf(server.directory);
  const disk = createDiskRoom({ leastBytes: LEAST_BYTES, free, now: room.clock.now });
  const { send } = await endpointRoom(pool, { disk });
  const check = () => selfCheck({ pool, now: room.clock.now(), disk });
  const ballast = path.join(dataDir, 'ballast');
  await writeFile(ballast, Buffer.alloc(Math.max(0, (await free()) - LEAST_BYTES - 8 * MB)));

  let taken = 0;
  const next = () => send('/v1/exchanges', lines(taken), { 'idempotency-key': `batch-${taken}` });
  let answer = await next();
  for (; answer.status === 200 && taken < MOST_BATCHES; answer = await next()) taken += 1;
  expect(answer).toMatchObject({ status: 503, body: { error: expect.stringContaining('nearly full') } });
  expect(await check()).toMatchObject({ begun: ['short_disk'] });

  // What is left is the alerts'.
  await room.alert();
  await room.settle(room.worker());
  const posted = () => room.sandbox.control.messages('abuse-alerts').map(({ text }) => text);
  expect(posted()).toHaveLength(2);
  expect(posted().join('\n')).toContain('The disk of the database is nearly full');

  await rm(ballast);
  expect((await next()).status).toBe(200);
  expect(await check()).toMatchObject({ over: ['short_disk'] });
  await room.settle(room.worker());
  expect(posted().at(-1)).toContain('ingest goes on');
  const { rows } = await pool.query('select count(*)::int as n from exchange');
  expect(rows).toEqual([{ n: (taken + 1) * LINES }]);
  seen(14, { 'own disks': 1, 'batches before the bound': taken });
}, 120_000);
