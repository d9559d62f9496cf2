import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { readWatermark } from '../db/watermark.ts';
import type { Adapter } from './adapters/adapter.ts';
import { createExchangeBatch, type ExchangeBatch, startOf } from './exchange-batch.ts';
import { createPieceMaker, type ExchangePiece } from './exchange-piece.ts';
import { createExchangeReader, type Reading } from './exchange-reader.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { createModelIds, type ModelIds } from './model-ids.ts';
import type { Line } from './read-lines.ts';
import { createRecentKeys } from './recent-keys.ts';
import { type WriteGuard, writeBatch } from './write-batch.ts';

export interface LoadCounts {
  accepted: number;
  duplicates: number;
  quarantined: number;
}

export interface ExchangeLoader {
  /** Reads a line, and keeps nothing yet. A native line is always one reading, another gateway's may be many or none. */
  read: (line: Line) => Reading[];
  /** Keeps what was read. Where it returns a promise the next must wait for it: others get their turn, or a batch is full. */
  keep(reading: Reading): Promise<void> | undefined;
  /** Reads lines for `keepPiece`, and keeps nothing yet; others get their turn in between. */
  readPiece(lines: readonly Line[]): Promise<ExchangePiece>;
  /** Keeps what was read elsewhere, by the same key, adapter and `droppedUntil`. */
  keepPiece(piece: ExchangePiece): Promise<void>;
  /** Epoch milliseconds: earlier exchanges are refused, see `ExchangeReaderOptions`. */
  droppedUntil: number | undefined;
  /** Takes what is held out of hand; what is returned writes it, once what was taken before is written. */
  take(): () => Promise<void>;
  /** Writes what is held. Returns the counts so far. */
  flush(): Promise<LoadCounts>;
  /** Waits for what is being written. Lines that were not handed over are dropped. */
  close(): Promise<void>;
}

export interface ExchangeLoaderOptions {
  pool: pg.Pool;
  fingerprinter: Fingerprinter;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Names the file or gateway in batches and in the quarantine. */
  source: string;
  /** How the lines are to be read; native where there is none. */
  adapter?: Adapter | undefined;
  batchLines?: number;
  /** Models that were asked for before, where loaders come and go. */
  models?: ModelIds;
  /** Asked with each batch, also with an empty one. */
  guard?: WriteGuard | undefined;
}

const BATCH_LINES = 10_000;
/** So often others get their turn: above all the answers to what is being written, which is a dozen statements a batch. */
const TURN_LINES = 64;
/** Among these many, a repeat with another time is told for one, too. */
const RECENT_KEYS = 100_000;

/**
 * Loads exchanges in batches, each in one transaction: whole or not at all, so that a second run of the same lines
 * counts nothing twice. While the database writes one batch, the next is read.
 */
export async function createExchangeLoader(options: ExchangeLoaderOptions): Promise<ExchangeLoader> {
  const { pool, fingerprinter, clock, source, adapter, batchLines = BATCH_LINES, guard } = options;
  const models = options.models ?? createModelIds(pool);
  const droppedUntil = await readWatermark(pool, 'dropped_exchanges');
  const readLine = createExchangeReader({ fingerprinter, adapter, droppedUntil });
  const maker = createPieceMaker(fingerprinter);
  const known = new Set<bigint>();
  const recent = createRecentKeys(RECENT_KEYS);
  const counts: LoadCounts = { accepted: 0, duplicates: 0, quarantined: 0 };
  let held = createExchangeBatch(recent);
  let writing: Promise<void> = Promise.resolve();
  let repeats = false;

  function keep(reading: Reading): Promise<void> | undefined {
    maker.add(reading);
    if (held.lines() + maker.entries >= batchLines) return hand(take());
    if (maker.entries < TURN_LINES) return undefined;
    holdMade();
    return turn();
  }

  /** Holds what was read here until now. It fits: the batch is taken where it would not. */
  function holdMade(): void {
    if (maker.entries > 0) held.add(startOf(maker.finish()), Number.POSITIVE_INFINITY);
  }

  async function readPiece(lines: readonly Line[]): Promise<ExchangePiece> {
    holdMade();
    for (const line of lines) {
      for (const reading of readLine(line, clock())) {
        maker.add(reading);
        if (maker.entries % TURN_LINES === 0) await turn();
      }
    }
    return maker.finish();
  }

  async function keepPiece(piece: ExchangePiece): Promise<void> {
    holdMade();
    const place = startOf(piece);
    for (let areLeft = true; areLeft; ) {
      areLeft = held.add(place, batchLines);
      if (held.lines() >= batchLines) await hand(take());
    }
  }

  function take(): ExchangeBatch {
    holdMade();
    const batch = held;
    held = createExchangeBatch(recent);
    return batch;
  }

  /** Hands a batch to the database, once it is done with the last one. */
  async function hand(batch: ExchangeBatch): Promise<void> {
    await writing;
    writing = write(batch);
    // The fault is thrown where the next batch or the flush waits for it.
    writing.catch(() => {});
  }

  async function write(batch: ExchangeBatch): Promise<void> {
    if (batch.lines() === 0 && guard === undefined) return;
    for (const key of batch.accounts.keys()) if (known.has(key)) batch.accounts.delete(key);
    await batch.learnModels(models);
    const written = await writeBatch(pool, batch, { source, now: clock(), guard, repeats });
    // A file that is loaded once more repeats from its first line to its last.
    repeats = written.duplicates > batch.repeats;
    counts.accepted += written.accepted;
    counts.duplicates += written.duplicates;
    counts.quarantined += written.quarantined;
    if (known.size > MOST_KNOWN) known.clear();
    for (const key of batch.accounts.keys()) known.add(key);
  }

  return {
    read: (line) => readLine(line, clock()),
    keep,
    readPiece,
    keepPiece,
    droppedUntil,
    take() {
      const batch = take();
      return async () => {
        await hand(batch);
        await writing;
      };
    },
    async flush() {
      await hand(take());
      await writing;
      return { ...counts };
    },
    async close() {
      await writing.catch(() => {});
    },
  };
}

/** Accounts that are known to have a row: past this many they are asked for anew. */
const MOST_KNOWN = 500_000;
