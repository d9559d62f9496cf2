import { Client } from 'pg';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { silentLog } from '../../src/log.ts';

/** A Retort of its own for the tests: starts a server in the given directory, tells its address, ends on SIGTERM. */
const [dataDir = ''] = process.argv.slice(2);
const ended = new Promise<void>((resolve) => {
  process.once('SIGTERM', () => resolve());
  process.once('SIGINT', () => resolve());
});
const server = await startEmbeddedServer({ dataDir, log: silentLog, durable: false });
const client = new Client({ connectionString: server.url });
await client.connect();
await client.query('create table if not exists visit (at timestamptz)');
await client.query('insert into visit values (clock_timestamp())');
const { rows } = await client.query<{ visits: number }>('select count(*)::int as visits from visit');
await client.end();
process.stdout.write(`${JSON.stringify({ url: server.url, visits: rows[0]?.visits, uid: process.getuid?.() })}\n`);
await ended;
await server.stop();
