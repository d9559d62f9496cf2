import { DETECTIONS } from '../../src/detections/registry.ts';
import { createPool } from '../../src/db/pool.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { detect } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { silentLog } from '../../src/log.ts';
import { HOUR_MS } from '../../src/time-units.ts';
import { BENCH_KEY } from './start-bot.ts';
import { worldLines } from './world-lines.ts';

// Traffic beside a measurement: an hour after the other is ingested, rolled up and looked at, until standard input ends.
// `npx tsx bench/scale/beside.ts DATABASE_URL START`, the start in epoch milliseconds.

const [url, start] = process.argv.slice(2);
if (url === undefined || start === undefined)
  throw new Error('usage: npx tsx bench/scale/beside.ts DATABASE_URL START');
const LATENESS_MS = 600_000;

const ended = new AbortController();
process.stdin.resume().once('end', () => ended.abort());
const pool = createPool(url, { log: silentLog });
const world = worldLines({ scale: 0.001, days: 30, seed: 'beside', text: 'own', startAt: Number(start) });
const options = { pool, secret: BENCH_KEY, clock: Date.now, adapter: native };
await ingestFiles({ ...options, accounts: world.accounts });
let hours = 0;
for (let at = world.startAt + HOUR_MS; !ended.signal.aborted && at <= world.endAt; at += HOUR_MS) {
  await ingestFiles({ ...options, exchanges: world.until(at) });
  await rollUp({ pool, now: at, allowedLatenessMs: LATENESS_MS });
  await detect({ pool, detections: DETECTIONS, now: at, log: silentLog });
  hours += 1;
}
await pool.end();
process.stdout.write(`${world.made().toLocaleString('en')} exchanges of ${hours} hours, ingested and looked at\n`);
