import { once } from 'node:events';
import { createPool } from '../../src/db/pool.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { silentLog } from '../../src/log.ts';
import { BENCH_KEY } from '../scale/start-bot.ts';
import { sendBatches, type SendCounts } from './send-batches.ts';
import { createTraffic, type TrafficOptions } from './traffic.ts';

// The gateway of a soak, in a process of its own: making the lines must hold up neither Slack nor the people who ask. It
// fills the past into the database, says so, then sends to an address that it is told, until it is told to end.

export interface Job extends TrafficOptions {
  databaseUrl: string;
  token: string;
  rate: number;
}

const job = JSON.parse(process.argv[2] ?? '') as Job;
const TELL_MS = 1_000;
process.on('disconnect', () => process.exit(1));

const traffic = createTraffic(job);
const pool = createPool(job.databaseUrl, { log: silentLog });
const ingesting = { pool, secret: BENCH_KEY, clock: Date.now, adapter: native };
await ingestFiles({ ...ingesting, accounts: traffic.accounts, releases: traffic.releases });
await ingestFiles({ ...ingesting, exchanges: traffic.past });
await pool.end();

const ended = new AbortController();
const counts: SendCounts = {
  sent: 0,
  accepted: 0,
  duplicates: 0,
  quarantined: 0,
  batches: 0,
  repeated: 0,
  unanswered: 0,
  putOff: {},
};
const begin = once(process, 'message');
process.send?.('ready');
const [url] = (await begin) as [string];
process.once('message', () => ended.abort());
const telling = setInterval(() => process.send?.(counts), TELL_MS);
await sendBatches({ url, token: job.token, traffic, rate: job.rate, signal: ended.signal }, counts);
clearInterval(telling);
process.send?.(counts, () => process.exit());
