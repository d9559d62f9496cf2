import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import type { AccountKey } from '../campaigns/hit.ts';
import { TEXT_KINDS } from '../campaigns/trait.ts';
import { COPY_COLUMNS } from './exchange-copy.ts';
import { isOfKind } from './is-of-kind.ts';
import { type Database, execute, Key, many, one, Quantity } from './query.ts';

const COLUMNS = raw(COPY_COLUMNS);

/** Copies a batch, as a `CopyBuffer` made it, into a table of the transaction's own. */
export async function stageExchanges(tx: pg.PoolClient, bytes: Buffer): Promise<void> {
  await execute(
    tx,
    sql`create temporary table staged_exchange on commit drop as select ${COLUMNS} from exchange with no data`,
  );
  await pipeline(Readable.from([bytes]), tx.query(copyFrom(`copy staged_exchange from stdin (format binary)`)));
}

/**
 * Counts what was staged: each exchange once, whatever is repeated. Returns how many were new. In key order, so that
 * two writers of the same lines wait for each other instead of for ever.
 */
export async function keepStaged(tx: pg.PoolClient, batch: number): Promise<number> {
  // Counted from what it returns: Citus tells of an insert-select how many rows were selected.
  const { count } = await one(
    tx,
    z.object({ count: Quantity }),
    sql`
      with kept as (
        insert into exchange (batch_id, ${COLUMNS})
        select ${batch}::int, ${COLUMNS} from staged_exchange
        order by account_key, occurred_at, exchange_key
        on conflict do nothing returning 1
      )
      select count(*) from kept`,
  );
  return count;
}

/** Those of the accounts whose exchanges between two times all came without text. */
export async function readTextless(
  db: Database,
  accounts: readonly AccountKey[],
  from: number,
  to: number,
): Promise<Set<AccountKey>> {
  const rows = await many(
    db,
    z.object({ account_key: Key }),
    sql`
      select account_key from exchange
      where account_key = any(${[...accounts]}::bigint[]) and occurred_at between ${new Date(from)} and ${new Date(to)}
      group by account_key
      having not bool_or(exists (select from unnest(traits) as t(trait) where ${isOfKind(sql`t.trait`, TEXT_KINDS)}))`,
  );
  return new Set(rows.map((row) => row.account_key));
}
