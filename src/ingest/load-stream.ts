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

/**
 * Loads a stream of exchanges. What comes once the threads are there is read by them, and what comes before here; all of it is
 * written here, and in its order.
 */
export async function loadStream(chunks: AsyncIterable<Buffer>, options: LoadStreamOptions): Promise<LoadCounts> {
  const { loader, threads, clock, longestLineBytes } = options;
  const reading: Promise<ExchangePiece>[] = [];
  let bytes = 0;

  async function keepUntil(most: number): Promise<void> {
    while (reading.length > most) {
      const piece = await reading.shift();
      if (piece !== undefined) await loader.keepPiece(piece);
    }
  }

  for await (const stretch of readStretches(chunks, longestLineBytes)) {
    const most = threads.most();
    if (most > 0) {
      reading.push(threads.read({ stretch, now: clock() }));
      await keepUntil(most - 1);
      continue;
    }
    for (const line of splitLines(stretch, longestLineBytes)) {
      for (const one of loader.read(line)) await loader.keep(one);
    }
    bytes += stretch.bytes?.length ?? 0;
    if (bytes > ALONE_BYTES) threads.start();
  }
  await keepUntil(0);
  return loader.flush();
}
