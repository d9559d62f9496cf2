import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createPool } from '../../src/db/pool.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { silentLog } from '../../src/log.ts';

/** A whole bot in a process of its own. Its jobs live faster than we do, from when it is told since when; then it is told to stop. */
const [url = '', apiUrl = '', botToken = '', appToken = '', key = '', from = '', speed = ''] = process.argv.slice(2);
const TICK_MS = 50;

let began = 0;
const clock = () => Number(from) + (Date.now() - began) * Number(speed);
const pool = createPool(url, { log: silentLog, applicationName: 'a replica of three' });
const app = createApp({
  config: readConfig({}),
  slack: { mode: 'socket', botToken, appToken, apiUrl },
  pool,
  detections: DETECTIONS,
  fingerprintKey: key,
  log: silentLog,
  jobClock: () => Promise.resolve(clock()),
});
const ending = new AbortController();
process.on('disconnect', () => process.exit());
await app.start();
const told = once(process, 'message');
process.send?.('up');
began = Number((await told)[0]);
process.once('message', () => ending.abort());
while (!ending.signal.aborted) {
  await app.scheduler.runDueSlots(clock());
  await pause(TICK_MS);
}
await app.stop();
await pool.end();
process.exit();
