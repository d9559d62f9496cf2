import type pg from 'pg';
import { readSpendLogs, type SpendLog } from '../db/litellm-spend-log.ts';
import { advanceWatermark, readWatermark } from '../db/watermark.ts';
import { DAY_MS, MINUTE_MS } from '../time-units.ts';
import { litellm } from './adapters/litellm.ts';
import { createExchangeLoader, type LoadCounts } from './exchange-loader.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { createModelIds } from './model-ids.ts';
import { createRecentKeys } from './recent-keys.ts';

export interface LitellmPollOptions {
  /** Retort's own database. */
  pool: pg.Pool;
  /** LiteLLM's. */
  source: pg.Pool;
  fingerprinter: Fingerprinter;
  /** Epoch milliseconds. */
  clock: () => number;
  pageRows?: number;
}

export type LitellmPoll = (signal: AbortSignal) => Promise<LoadCounts>;

const PAGE_ROWS = 500;
/** How far the first poll goes back: as far as detections look. */
const FIRST_MS = 3 * DAY_MS;
/**
 * A row bears its request's start but is written after its end, in batches: so long a time before the newest row is
 * read again. What comes later than that is missed.
 */
const OVERLAP_MS = 15 * MINUTE_MS;
/** Rows that were read of late and need not be read again. */
const SEEN_ROWS = 400_000;

/**
 * Takes up what LiteLLM has logged since the last poll, wherever that was made: the place is kept as a watermark, and
 * moved on only after the rows before it were counted. So a row may be read twice; it is counted once.
 */
export function createLitellmPoll(options: LitellmPollOptions): LitellmPoll {
  const { pool, source, fingerprinter, clock, pageRows = PAGE_ROWS } = options;
  const models = createModelIds(pool);
  let seen = createRecentKeys(SEEN_ROWS);

  return async (signal) => {
    const loader = await createExchangeLoader({
      pool,
      fingerprinter,
      clock,
      models,
      source: 'litellm',
      adapter: litellm,
    });
    const known = await readWatermark(pool, 'litellm');
    const from = (known ?? clock() - FIRST_MS) - OVERLAP_MS;
    let place = { startTime: new Date(from).toISOString().slice(0, -1), requestId: '' };
    let counts: LoadCounts = { accepted: 0, duplicates: 0, quarantined: 0 };
    try {
      for (;;) {
        signal.throwIfAborted();
        const page = await readSpendLogs(source, place, pageRows);
        const last = page.at(-1);
        if (last === undefined) return counts;
        const fresh = page.filter(({ requestId }) => seen.add(fingerprinter.lineHash(requestId)));
        for (const reading of fresh.map(lineOf).flatMap(loader.read)) await loader.keep(reading);
        counts = await loader.flush();
        place = last;
        // A clock of the gateway's that is ahead must not carry the place past what is still to come.
        await advanceWatermark(pool, 'litellm', Math.min(Date.parse(`${last.startTime}Z`), clock()));
      }
    } catch (fault) {
      // What was read last may not have been counted.
      seen = createRecentKeys(SEEN_ROWS);
      throw fault;
    } finally {
      await loader.close();
    }
  };
}

function lineOf({ row }: SpendLog, index: number) {
  const text = JSON.stringify(row);
  return { number: index + 1, bytes: Buffer.byteLength(text), text };
}
