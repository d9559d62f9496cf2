import { Readable } from 'node:stream';
import { createPool } from '../../src/db/pool.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { openInput } from '../../src/ingest/open-input.ts';
import { silentLog } from '../../src/log.ts';
import { exchangeLine, NOW, SECRET } from './loading.ts';

/**
 * Loads a stream of so many lines; prints how many bytes that was, and by how many the process grew. In one of its own:
 * memory that other tests have let go would hide it.
 */
const [url = '', lines = ''] = process.argv.slice(2);
const prompt = 'What a long and repeated prompt this is, of many kilobytes. '.repeat(1600);
let sent = 0;
function* chunks() {
  for (let at = 0; at < Number(lines); at += 10) {
    const ten = Array.from({ length: 10 }, (_, i) => exchangeLine(`id ${at + i}`, { prompt: `${at + i} ${prompt}` }));
    const chunk = Buffer.from(`${ten.join('\n')}\n`);
    sent += chunk.length;
    yield chunk;
  }
}
const pool = createPool(url, { log: silentLog });
const before = process.memoryUsage().rss;
let grown = 0;
const { accepted } = await ingestFiles({
  exchanges: await openInput('-', Readable.from(chunks())),
  pool,
  secret: SECRET,
  clock: () => NOW,
  adapter: native,
  onProgress: () => (grown = Math.max(grown, process.memoryUsage().rss - before)),
});
await pool.end();
process.stdout.write(JSON.stringify({ accepted, sent, grown }));
