import type pg from 'pg';
import { noteAccounts } from '../db/account.ts';
import { copyExchanges, copyNewExchanges } from '../db/exchange.ts';
import { ensureDayPartitions } from '../db/day-partition.ts';
import { type BatchFigures, closeBatch, openBatch } from '../db/ingest-batch.ts';
import { quarantine } from '../db/quarantine.ts';
import { transaction } from '../db/query.ts';
import type { ExchangeBatch } from './exchange-batch.ts';

/** What of a batch was counted. */
export type Written = Pick<BatchFigures, 'accepted' | 'duplicates' | 'quarantined'>;

/** Runs in the batch's transaction, and says whether and when its rows are written. */
export type WriteGuard = (tx: pg.PoolClient, write: () => Promise<Written>) => Promise<Written>;

export interface WriteOptions {
  source: string;
  /** Epoch milliseconds. */
  now: number;
  guard?: WriteGuard | undefined;
  /** Some of it was probably written before, as the batch before it was: then it costs less to look first. */
  repeats?: boolean;
}

/** `no partition of relation found for row`: the retention may have dropped a day in between, and once more makes it anew. */
const NO_PARTITION = '23514';
/**
 * `unique_violation` and `deadlock_detected`: some of it is there already, or just being written by somebody else. And
 * `internal_error`, as which a Citus coordinator tells whatever a worker said of a copy.
 */
const REPEATED = ['23505', '40P01', 'XX000'];
const MOST_TRIES = 3;

/** Writes a batch whole or not at all, and closes it for the roll-ups. Returns what of it was counted. */
export async function writeBatch(pool: pg.Pool, batch: ExchangeBatch, options: WriteOptions): Promise<Written> {
  const { guard = (_, write) => write() } = options;
  let repeats = options.repeats ?? false;
  for (let tries = 1; ; tries += 1) {
    // Outside the transaction: its locks would be held until the end.
    await ensureDayPartitions(pool, batch.days);
    try {
      return await transaction(pool, (tx) => guard(tx, () => writeRows(tx, batch, { ...options, repeats })));
    } catch (fault) {
      const { code = '' } = fault as { code?: string };
      const isRepeated = REPEATED.includes(code);
      if (tries === MOST_TRIES || !(isRepeated || code === NO_PARTITION)) throw fault;
      repeats ||= isRepeated;
    }
  }
}

async function writeRows(
  tx: pg.PoolClient,
  batch: ExchangeBatch,
  { source, now, repeats = false }: WriteOptions,
): Promise<BatchFigures> {
  const id = await openBatch(tx, source, now);
  const { bytes, count, earliestAt, latestAt } = batch.rows(id);
  await noteAccounts(tx, batch.accounts, now);
  let accepted = count;
  if (count > 0 && repeats) accepted = await copyNewExchanges(tx, bytes);
  else if (count > 0) await copyExchanges(tx, bytes);
  await quarantine(tx, { batch: id, source, now }, batch.bad);
  const figures = {
    accepted,
    duplicates: count - accepted + batch.repeats,
    quarantined: batch.bad.length,
    // A batch that only repeats has nothing for the roll-ups to look at.
    earliestAt: accepted > 0 ? earliestAt : null,
    latestAt: accepted > 0 ? latestAt : null,
  };
  await closeBatch(tx, id, figures, now);
  return figures;
}
