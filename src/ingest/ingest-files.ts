import type pg from 'pg';
import { type DiskRoom, needRoom } from '../db/embedded/disk-room.ts';
import type { Adapter } from './adapters/adapter.ts';
import { createExchangeLoader, type LoadCounts } from './exchange-loader.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { loadAccounts } from './load-accounts.ts';
import { loadReleases } from './load-releases.ts';
import type { Input } from './open-input.ts';
import { readLines } from './read-lines.ts';

export interface Inputs {
  releases?: Input | undefined;
  accounts?: Input | undefined;
  exchanges?: Input | undefined;
}

export interface IngestOptions extends Inputs {
  pool: pg.Pool;
  fingerprinter: Fingerprinter;
  /** Epoch milliseconds. */
  clock: () => number;
  adapter: Adapter;
  /** Ends between two pieces of a file, with whole batches in the database. */
  signal?: AbortSignal | undefined;
  /** Asked between two pieces of a file: it ends where there is too little, with whole batches in the database. */
  disk?: DiskRoom | undefined;
  /** Called between two pieces of a file. */
  onProgress?: ((input: Input) => void) | undefined;
}

/** `accepted`, `duplicates`: exchanges. `quarantined`: lines of all files. */
export interface IngestCounts extends LoadCounts {
  accounts: number;
  releases: number;
}

/** Loads files, models and accounts before the exchanges that name them. Loading them again counts nothing twice. */
export async function ingestFiles(options: IngestOptions): Promise<IngestCounts> {
  const counts: IngestCounts = { accepted: 0, duplicates: 0, quarantined: 0, accounts: 0, releases: 0 };
  if (options.releases) {
    const loaded = await loadReleases({ ...options, input: watched(options.releases, options) });
    counts.releases = loaded.accepted;
    counts.quarantined += loaded.quarantined;
  }
  if (options.accounts) {
    const loaded = await loadAccounts({ ...options, input: watched(options.accounts, options) });
    counts.accounts = loaded.accepted;
    counts.quarantined += loaded.quarantined;
  }
  if (options.exchanges) {
    const loaded = await loadExchanges(watched(options.exchanges, options), options);
    counts.accepted = loaded.accepted;
    counts.duplicates = loaded.duplicates;
    counts.quarantined += loaded.quarantined;
  }
  return counts;
}

async function loadExchanges(
  input: Input,
  { pool, fingerprinter, clock, adapter }: IngestOptions,
): Promise<LoadCounts> {
  const loader = await createExchangeLoader({ pool, fingerprinter, clock, source: input.name, adapter });
  try {
    for await (const lines of readLines(input.chunks, adapter.longestLineBytes)) {
      for (const reading of lines.flatMap(loader.read)) await loader.keep(reading);
    }
    return await loader.flush();
  } finally {
    await loader.close();
  }
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
