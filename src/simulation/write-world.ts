import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeDirectory } from '../make-directory.ts';
import { logLines, type NoiseCounts } from './noise.ts';
import { Random } from './random.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

const CHUNK_CHARACTERS = 1 << 18;

/** Joins lines into chunks: a stream write for each line would cost more than making it. */
function* chunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

async function writeLines(file: string, lines: Iterable<string>, gzip: boolean): Promise<void> {
  const source = Readable.from(chunks(lines));
  if (gzip) await pipeline(source, createGzip(), createWriteStream(`${file}.gz`));
  else await pipeline(source, createWriteStream(file));
}

function* json(records: Iterable<unknown>): Generator<string> {
  for (const record of records) yield JSON.stringify(record);
}

function* watched<T extends { occurred_at: string }>(records: Iterable<T>, seen: (at: string) => void): Generator<T> {
  for (const record of records) {
    seen(record.occurred_at);
    yield record;
  }
}

/** Writes a world's four files into an existing or new folder and returns its truth. Rejects if it can't be written. */
export async function writeWorld(
  world: World,
  folder: string,
  options: { gzip?: boolean; onExchange?: (occurredAt: string) => void } = {},
): Promise<Truth> {
  const gzip = options.gzip === true;
  await makeDirectory(folder);
  await writeLines(join(folder, 'releases.ndjson'), json(world.releases), gzip);
  await writeLines(join(folder, 'accounts.ndjson'), json(world.accounts), gzip);
  const counts: NoiseCounts = { duplicates: 0, malformed: 0, late: 0 };
  const exchanges = options.onExchange ? watched(world.exchanges, options.onExchange) : world.exchanges;
  const noise = new Random(`noise ${world.truth().seed}`);
  await writeLines(join(folder, 'exchanges.ndjson'), logLines(exchanges, noise, counts), gzip);
  const truth: Truth = { ...world.truth(), ...counts };
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}
