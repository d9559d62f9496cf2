import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ExchangePiece } from './exchange-piece.ts';
import type { Stretch } from './read-lines.ts';

/** Beside this file, where it is compiled: a thread cannot load TypeScript, whatever its process loads it with. */
const PROGRAM = import.meta.filename.endsWith('.js') ? path.join(import.meta.dirname, 'read-thread.js') : undefined;
/** Stretches that wait at a thread, so that it need not: more would only take memory. */
const WAITING_A_THREAD = 3;

/** What a thread is told at its start. `droppedUntil`: as of `ExchangeReaderOptions`. */
export interface ReadBegin {
  /** The fingerprints' key. */
  secret: string;
  /** The adapter's name. */
  format: string;
  droppedUntil: number | undefined;
}

/** What it is told then, again and again. `now`: epoch milliseconds. */
export interface ReadTask {
  stretch: Stretch;
  now: number;
}

export interface ReadingThreadsOptions extends ReadBegin {
  count: number;
  /** Compiled. Default: the one beside this file; where that is not compiled, there are no threads. */
  program?: string | undefined;
}

export interface ReadingThreads {
  /** Starts them; until they are there, which takes a tenth of a second, `most` is 0. */
  start(): void;
  /** Stretches that may wait at them at a time. */
  most(): number;
  /** Stretches that do. */
  waiting(): number;
  /** What was read of a stretch. Throws where its thread is lost, with how it ended. */
  read(task: ReadTask): Promise<ExchangePiece>;
  /** Ends them, whatever they are at. */
  close(): Promise<void>;
}

interface Waiting {
  resolve: (piece: ExchangePiece) => void;
  reject: (fault: Error) => void;
}

interface Thread {
  worker: Worker;
  isReady: boolean;
  /** In the order in which they were asked, which is that of the answers. */
  waiting: Waiting[];
}

/** Threads that read lines while this one writes what they have read. A lost one is not replaced: whoever asks is told. */
export function createReadingThreads({ count, program = PROGRAM, ...begin }: ReadingThreadsOptions): ReadingThreads {
  const threads: Thread[] = [];
  let lost: Error | undefined;

  function launch(compiled: string): Thread {
    // Nothing of the environment, nor what this program was started with: a thread is told what it needs.
    const worker = new Worker(compiled, { workerData: begin satisfies ReadBegin, env: {}, execArgv: [] });
    const thread: Thread = { worker, isReady: false, waiting: [] };
    worker.on('message', (word: 'ready' | ExchangePiece) => {
      if (word === 'ready') thread.isReady = true;
      else thread.waiting.shift()?.resolve(word);
    });
    worker.on('error', (fault) => lose(thread, `failed: ${fault.message}`, fault));
    worker.on('exit', (status) => lose(thread, `ended (status ${status})`));
    return thread;
  }

  function lose(thread: Thread, how: string, cause?: Error): void {
    lost ??= new Error(`a thread that reads lines ${how}`, { cause });
    for (const { reject } of thread.waiting.splice(0)) reject(lost);
  }

  return {
    start() {
      if (program === undefined) return;
      while (threads.length < count) threads.push(launch(program));
    },
    most() {
      if (lost !== undefined) throw lost;
      return WAITING_A_THREAD * threads.filter(({ isReady }) => isReady).length;
    },
    waiting: () => threads.reduce((sum, { waiting }) => sum + waiting.length, 0),
    read({ stretch, now }) {
      const ready = threads.filter(({ isReady }) => isReady);
      const thread = ready.toSorted((a, b) => a.waiting.length - b.waiting.length)[0];
      if (lost !== undefined || thread === undefined) return Promise.reject(lost ?? new Error('no thread is there'));
      const piece = new Promise<ExchangePiece>((resolve, reject) => thread.waiting.push({ resolve, reject }));
      // Heard where its turn comes, perhaps after another's fault.
      piece.catch(() => {});
      // Of its own, to be handed over: what it lies in may hold more, and is whoever's made it.
      const bytes = stretch.bytes === undefined ? undefined : new Uint8Array(stretch.bytes);
      const task: ReadTask = { stretch: bytes === undefined ? stretch : { first: stretch.first, bytes }, now };
      thread.worker.postMessage(task, bytes === undefined ? [] : [bytes.buffer]);
      return piece;
    },
    async close() {
      lost ??= new Error('the threads that read lines are ended');
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
