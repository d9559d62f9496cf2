import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '../../src/db/pool.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { silentLog } from '../../src/log.ts';

// Counts and traits rolled up beside an ingest, as the bot and its detections do in processes of their own, until
// standard input ends; once more then. `npx tsx bench/scale/roll-up-beside.ts DATABASE_URL`. Says when it begins.

const [url] = process.argv.slice(2);
if (url === undefined) throw new Error('usage: npx tsx bench/scale/roll-up-beside.ts DATABASE_URL');
const LATENESS_MS = 600_000;
/** Between two roll-ups. The bot takes a minute, and for traits until its next look: in larger pieces they cost less. */
const PAUSE_MS = 5_000;

const ended = new AbortController();
process.stdin.resume().once('end', () => ended.abort());
const pool = createPool(url, { log: silentLog });
const roll = async () => {
  await rollUp({ pool, now: Date.now(), allowedLatenessMs: LATENESS_MS });
  await rollUpTraits(pool, Date.now());
};
await roll();
process.stdout.write('begun\n');
while (!ended.signal.aborted) {
  await sleep(PAUSE_MS, undefined, { signal: ended.signal }).catch(() => {});
  await roll();
}
await pool.end();
