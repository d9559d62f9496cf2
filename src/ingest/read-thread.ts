import { parentPort, workerData } from 'node:worker_threads';
import { adapterOf } from './adapters/registry.ts';
import { createPieceMaker } from './exchange-piece.ts';
import { createExchangeReader } from './exchange-reader.ts';
import { createFingerprinter } from './fingerprint.ts';
import { splitLines } from './read-lines.ts';
import type { ReadBegin, ReadTask } from './reading-threads.ts';

// A thread of `createReadingThreads`: says that it is there, and then answers each stretch of lines with what was read of it.

const { secret, format, droppedUntil } = workerData as ReadBegin;
const fingerprinter = createFingerprinter(secret);
const adapter = adapterOf(format);
const read = createExchangeReader({ fingerprinter, adapter, droppedUntil });
const maker = createPieceMaker(fingerprinter);

parentPort?.on('message', ({ stretch, now }: ReadTask) => {
  for (const line of splitLines(stretch, adapter.longestLineBytes)) {
    for (const reading of read(line, now)) maker.add(reading);
  }
  const piece = maker.finish();
  const { times, rows, ends, modelOf } = piece;
  parentPort?.postMessage(piece, [times.buffer, rows.buffer, ends.buffer, modelOf.buffer]);
});
parentPort?.postMessage('ready');
