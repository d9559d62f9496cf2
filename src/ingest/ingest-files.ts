import { availableParallelism } from 'node:os';
import type pg from 'pg';
import { type DiskRoom, needRoom } from '../db/embedded/disk-room.ts';
import type { Adapter } from './adapters/adapter.ts';
import { createExchangeLoader, type LoadCounts } from './exchange-loader.ts';
import { createFingerprinter, type Fingerprinter } from './fingerprint.ts';
import { loadAccounts } from './load-accounts.ts';
import { loadReleases } from './load-releases.ts';
import { loadStream } from './load-stream.ts';
import type { Input } from './open-input.ts';
import { createReadingThreads } from './reading-threads.ts';

export interface Inputs {
  releases?: Input | undefined;
  accounts?: Input | undefined;
  exchanges?: Input | undefined;
}

export interface IngestOptions extends Inputs {
  pool: pg.Pool;
  /** The fingerprints' key. */
  secret: string;
  /** Epoch milliseconds. */
  clock: () => number;
  adapter: Adapter;
  /** Ends between two pieces of a file, with whole batches in the database. */
  signal?: AbortSignal | undefined;
  /** Asked between two pieces of a file: it ends where there is too little, with whole batches in the database. */
  disk?: DiskRoom | undefined;
  /** Called between two pieces of a file. */
  onProgress?: ((input: Input) => void) | undefined;
  /** Threads that read exchanges beside this one; default: as many as fit the machine. */
  threads?: number | undefined;
  /** Their program; default: as of `createReadingThreads`. */
  threadProgram?: string | undefined;
}

/** `accepted`, `duplicates`: exchanges. `quarantined`: lines of all files. */
export interface IngestCounts extends LoadCounts {
  accounts: number;
  releases: number;
}

/** More than these write faster than one connection takes. */
const MOST_THREADS = 4;

/** Loads files, models and accounts before the exchanges that name them. Loading them again counts nothing twice. */
export async function ingestFiles(options: IngestOptions): Promise<IngestCounts> {
  const fingerprinter = createFingerprinter(options.secret);
  const counts: IngestCounts = { accepted: 0, duplicates: 0, quarantined: 0, accounts: 0, releases: 0 };
  if (options.releases) {
    const loaded = await loadReleases({ ...options, fingerprinter, input: watched(options.releases, options) });
    counts.releases = loaded.accepted;
    counts.quarantined += loaded.quarantined;
  }
  if (options.accounts) {
    const loaded = await loadAccounts({ ...options, fingerprinter, input: watched(options.accounts, options) });
    counts.accounts = loaded.accepted;
    counts.quarantined += loaded.quarantined;
  }
  if (options.exchanges) {
    const loaded = await loadExchanges(watched(options.exchanges, options), fingerprinter, options);
    counts.accepted = loaded.accepted;
    counts.duplicates = loaded.duplicates;
    counts.quarantined += loaded.quarantined;
  }
  return counts;
}

async function loadExchanges(input: Input, fingerprinter: Fingerprinter, options: IngestOptions): Promise<LoadCounts> {
  const { pool, secret, clock, adapter, threads: count = threadsThatFit(), threadProgram: program } = options;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock, source: input.name, adapter });
  const { droppedUntil } = loader;
  const threads = createReadingThreads({ count, program, secret, format: adapter.name, droppedUntil });
  try {
    return await loadStream(input.chunks, { loader, threads, clock, longestLineBytes: adapter.longestLineBytes });
  } finally {
    await threads.close();
    await loader.close();
  }
}

/** Half of the processors: PostgreSQL needs the others. */
function threadsThatFit(): number {
  return Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2));
}

/** The same input, whose reading can be watched and ended. */
function watched(input: Input, { signal, disk, onProgress }: IngestOptions): Input {
  async function* chunks() {
    for await (const chunk of input.chunks) {
      signal?.throwIfAborted();
      await needRoom(disk);
      yield chunk;
      onProgress?.(input);
    }
  }
  return { ...input, chunks: chunks() };
}
