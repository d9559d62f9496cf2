import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { answerRequest, claimRequest, type IngestRequest } from '../../db/ingest-request.ts';
import { transaction } from '../../db/query.ts';
import type { Adapter } from '../adapters/adapter.ts';
import { createExchangeLoader, type LoadCounts } from '../exchange-loader.ts';
import type { Fingerprinter } from '../fingerprint.ts';
import { loadAccounts } from '../load-accounts.ts';
import { loadReleases } from '../load-releases.ts';
import type { ModelIds } from '../model-ids.ts';
import type { Input } from '../open-input.ts';
import { type Line, readLines } from '../read-lines.ts';
import type { WriteGuard } from '../write-batch.ts';
import type { ReadBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

export interface LoadBodyOptions {
  pool: pg.Pool;
  fingerprinter: Fingerprinter;
  models: ModelIds;
  /** Epoch milliseconds. */
  clock: () => number;
  path: string;
  route: Route;
  adapter: Adapter | undefined;
  /** Undefined: the sender gave the batch no key. */
  key: string | undefined;
  mostLines: number;
  /** Told of lines as they are read, or of the records in them where those are more. */
  onRead: (records: number) => void;
}

/** `repeated`: the batch was counted before, under the same key. */
export type Loaded = LoadCounts & { repeated: boolean };

/** Counts a body in one transaction, with its key: whole or not at all, and a repeat of the key once. */
export async function loadBody(body: ReadBody, options: LoadBodyOptions): Promise<Loaded> {
  const { path, key, clock, route } = options;
  let repeated = false;
  const guard: WriteGuard = async (tx, write) => {
    if (key === undefined) return write();
    const request: IngestRequest = { path, key, bodyHash: body.hash };
    const claim = await claimRequest(tx, request, clock());
    if (claim.kind === 'other_body') {
      throw new Refusal(422, 'this Idempotency-Key was given to another batch: make a new one for each');
    }
    repeated = claim.kind === 'repeat';
    if (claim.kind === 'repeat') return claim.answer;
    const { accepted, duplicates, quarantined } = await write();
    await answerRequest(tx, request, { accepted, duplicates, quarantined });
    return { accepted, duplicates, quarantined };
  };
  const counts = await (route.kind === 'exchanges' ? loadExchanges : loadOthers)(body, options, guard);
  return { ...counts, repeated };
}

async function loadExchanges(body: ReadBody, options: LoadBodyOptions, guard: WriteGuard): Promise<LoadCounts> {
  const { pool, fingerprinter, models, clock, path, route, adapter, onRead } = options;
  const loader = await createExchangeLoader({
    pool,
    fingerprinter,
    models,
    clock,
    source: `http ${path}`,
    adapter,
    // Without a key, a batch of nothing leaves no trace.
    guard: options.key === undefined ? undefined : guard,
    // All of it in the one batch, whose size the body's limits bound.
    batchLines: Number.POSITIVE_INFINITY,
  });
  for await (const lines of route.whole ? [[document(body)]] : linesOf(body, options)) {
    const readings = lines.flatMap(loader.read);
    onRead(Math.max(lines.length, readings.length));
    for (const reading of readings) {
      if (route.whole && 'bad' in reading && reading.unreadable)
        throw new Refusal(400, `the body is ${reading.bad.reason}`);
      await loader.keep(reading);
    }
  }
  return loader.flush();
}

function loadOthers(body: ReadBody, options: LoadBodyOptions, guard: WriteGuard): Promise<LoadCounts> {
  const { pool, fingerprinter, clock, path, route, onRead } = options;
  const load = route.kind === 'accounts' ? loadAccounts : loadReleases;
  return transaction(pool, (tx) =>
    guard(tx, async () => {
      const input: Input = { name: `http ${path}`, bytes: body.bytes, readBytes: () => 0, chunks: unhurried(body) };
      const counts = await load({ pool, fingerprinter, clock, input, transact: (work) => work(tx) });
      onRead(counts.accepted + counts.quarantined);
      return { ...counts, duplicates: 0 };
    }),
  );
}

async function* linesOf(body: ReadBody, { adapter, mostLines }: LoadBodyOptions): AsyncGenerator<Line[]> {
  for await (const lines of readLines(unhurried(body), adapter?.longestLineBytes)) {
    if ((lines.at(-1)?.number ?? 0) > mostLines) {
      throw new Refusal(413, `the batch is more than ${mostLines} lines: send it in several batches`);
    }
    yield lines;
  }
}

/** Between two pieces others get their turn: a large batch takes seconds. */
async function* unhurried({ chunks }: ReadBody): AsyncGenerator<Buffer> {
  for (const chunk of chunks) {
    await setImmediate();
    yield chunk;
  }
}

function document({ chunks, bytes }: ReadBody): Line {
  const whole = Buffer.concat(chunks);
  return isUtf8(whole) ? { number: 1, bytes, text: whole.toString() } : { number: 1, bytes, problem: 'not UTF-8' };
}
