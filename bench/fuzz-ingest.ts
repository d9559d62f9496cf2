import { createIngestEndpoint } from '../src/ingest/endpoint/endpoint.ts';
import { adapters } from '../src/ingest/adapters/registry.ts';
import { createListener } from '../src/listener.ts';
import { createLog } from '../src/log.ts';
import { createTemporaryDatabase } from '../src/replay/temporary-database.ts';
import { Random } from '../src/simulation/random.ts';
import { fuzzBatch } from '../test/ingest/endpoint/fuzz.ts';

// Odd lines in any number through the real endpoint: `npm run fuzz:ingest -- [lines] [seed]`. The same seed sends the
// same lines. Ends with 1 at the first batch that is not answered, or of which not every line was counted.

const [lines = '1000000', seed = '1'] = process.argv.slice(2);
const BATCH = 2_000;
const TOKEN = 'a-token-for-the-fuzzing-of-the-endpoint';

const log = createLog('warn');
const database = await createTemporaryDatabase(undefined, log);
const secret = 'a key for the fuzzing, of some length';
const endpoint = createIngestEndpoint({ pool: database.pool, secret, tokens: [TOKEN], clock: Date.now, log });
const listener = createListener({ port: 0, handle: endpoint.handle, log });
const port = await listener.start();
const random = new Random(`fuzz ${seed}`);
const told = { lines: 0, accepted: 0, duplicates: 0, quarantined: 0, mostMegabytes: 0 };
const start = performance.now();
try {
  for (let batch = 0; told.lines < Number(lines); batch += 1) {
    const { body } = fuzzBatch(random, BATCH);
    // Native every other time: its lines are counted one by one.
    const format = batch % 2 === 0 ? 'native' : (adapters[(batch >> 1) % adapters.length]?.name ?? 'native');
    const response = await fetch(`http://127.0.0.1:${port}/v1/exchanges?format=${format}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
      body: new Uint8Array(body),
    });
    const counts = (await response.json()) as { accepted: number; duplicates: number; quarantined: number };
    const counted = counts.accepted + counts.duplicates + counts.quarantined;
    if (response.status !== 200 || (format === 'native' && counted !== BATCH)) {
      throw new Error(
        `batch ${batch} of seed ${seed} as ${format}: ${response.status}, ${counted} of ${BATCH} counted`,
      );
    }
    told.lines += BATCH;
    told.accepted += counts.accepted;
    told.duplicates += counts.duplicates;
    told.quarantined += counts.quarantined;
    told.mostMegabytes = Math.max(told.mostMegabytes, Math.round(process.memoryUsage().rss / 1024 ** 2));
  }
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ seed, ...told, seconds })}\n`);
} finally {
  await listener.stop();
  await database.remove();
}
