import type { ExchangeLoader, LoadCounts } from './exchange-loader.ts';
import type { ExchangePiece } from './exchange-piece.ts';
import { readStretches, splitLines } from './read-lines.ts';
import type { ReadingThreads } from './reading-threads.ts';

export interface LoadStreamOptions {
  loader: ExchangeLoader;
  /** Started where the stream is long enough. They read as `loader` does: by the same key, adapter and `droppedUntil`. */
  threads: ReadingThreads;
  /** Epoch milliseconds. */
  clock: () => number;
  longestLineBytes: number | undefined;
}

/** What is shorter has been read before threads are there. */
const ALONE_BYTES = 1024 * 1024;

/** Stretches that are read here while threads are at all that wait at them. */
const MOST_HERE = 2;

/** A stretch that is being read, or has been. */
interface Reading {
  piece: Promise<ExchangePiece>;
  isRead: boolean;
}

/**
 * Loads a stream of exchanges. Once threads are there, they read it, and this one helps where it would only wait for them; all of
 * it is written here, in its order.
 */
export async function loadStream(chunks: AsyncIterable<Buffer>, options: LoadStreamOptions): Promise<LoadCounts> {
  const { loader, threads, clock, longestLineBytes } = options;
  const readings: Reading[] = [];
  let bytes = 0;

  function follow(piece: Promise<ExchangePiece>): void {
    const reading = { piece, isRead: false };
    readings.push(reading);
    // A fault is told where its turn comes.
    piece.then(
      () => (reading.isRead = true),
      () => (reading.isRead = true),
    );
  }

  async function keepFirst(): Promise<void> {
    const first = readings.shift();
    if (first !== undefined) await loader.keepPiece(await first.piece);
  }

  for await (const stretch of readStretches(chunks, longestLineBytes)) {
    const most = threads.most();
    if (most === 0) {
      for (const line of splitLines(stretch, longestLineBytes)) {
        for (const one of loader.read(line)) await loader.keep(one);
      }
      bytes += stretch.bytes?.length ?? 0;
      if (bytes > ALONE_BYTES) threads.start();
      continue;
    }
    while (readings[0]?.isRead === true || readings.length >= most + MOST_HERE) await keepFirst();
    if (threads.waiting() < most) follow(threads.read({ stretch, now: clock() }));
    else follow(Promise.resolve(await loader.readPiece(splitLines(stretch, longestLineBytes))));
  }
  while (readings.length > 0) await keepFirst();
  return loader.flush();
}
