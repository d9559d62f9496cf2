import { createIngestEndpoint } from '../../../src/ingest/endpoint/endpoint.ts';
import { createPool } from '../../../src/db/pool.ts';
import { createListener } from '../../../src/listener.ts';
import { silentLog } from '../../../src/log.ts';

/** An endpoint in a process of its own, for tests that kill it: prints its port. */
const [url = '', secret = '', token = ''] = process.argv.slice(2);
const pool = createPool(url, { log: silentLog, applicationName: 'endpoint to be killed' });
const endpoint = createIngestEndpoint({ pool, secret, tokens: [token], clock: Date.now, log: silentLog });
const listener = createListener({ port: 0, handle: endpoint.handle, log: silentLog });
process.stdout.write(`${await listener.start()}\n`);
