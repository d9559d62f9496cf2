import type pg from 'pg';
import { noteAccounts } from '../db/account.ts';
import { keepStaged, stageExchanges } from '../db/exchange.ts';
import { ensureDayPartitions } from '../db/day-partition.ts';
import { type BatchFigures, closeBatch, openBatch } from '../db/ingest-batch.ts';
import { quarantine } from '../db/quarantine.ts';
import { transaction } from '../db/query.ts';
import type { ExchangeBatch } from './exchange-batch.ts';

/** What of a batch was counted. */
export type Written = Pick<BatchFigures, 'accepted' | 'duplicates' | 'quarantined'>;

/** Runs in the batch's transaction, and says whether and when its rows are written. */
export type WriteGuard = (tx: pg.PoolClient, write: () => Promise<Written>) => Promise<Written>;

/** `no partition of relation found for row`. */
const NO_PARTITION = '23514';

/** Writes a batch whole or not at all, and closes it for the roll-ups. Returns what of it was counted. */
export async function writeBatch(
  pool: pg.Pool,
  batch: ExchangeBatch,
  { source, now, guard = (_, write) => write() }: { source: string; now: number; guard?: WriteGuard | undefined },
): Promise<Written> {
  const write = async () => {
    // Outside the transaction: its locks would be held until the end.
    await ensureDayPartitions(pool, batch.days);
    return transaction(pool, (tx) => guard(tx, () => writeRows(tx, batch, { source, now })));
  };
  return write().catch((fault: unknown) => {
    // The retention may have dropped a day in between; once more makes it anew.
    if ((fault as { code?: unknown }).code === NO_PARTITION) return write();
    throw fault;
  });
}

async function writeRows(
  tx: pg.PoolClient,
  batch: ExchangeBatch,
  { source, now }: { source: string; now: number },
): Promise<BatchFigures> {
  const { bytes, count, earliestAt, latestAt } = batch.rows();
  const id = await openBatch(tx, source, now);
  await noteAccounts(tx, batch.accounts, now);
  let accepted = 0;
  if (count > 0) {
    await stageExchanges(tx, bytes);
    accepted = await keepStaged(tx, id);
  }
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
