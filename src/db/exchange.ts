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

/** Copies a batch, as `copyOfRows` makes it; fails as a whole where one of its exchanges is there already. */
export function copyExchanges(tx: pg.PoolClient, bytes: Buffer): Promise<void> {
  return copyInto('exchange', tx, bytes);
}

/**
 * The same, each exchange once, whatever is repeated: at twice the cost. Returns how many were new. In key order, so that
 * two writers of the same lines wait for each other instead of for ever.
 */
export async function copyNewExchanges(tx: pg.PoolClient, bytes: Buffer): Promise<number> {
  await execute(
    tx,
    sql`create temporary table staged_exchange on commit drop as select ${COLUMNS} from exchange with no data`,
  );
  await copyInto('staged_exchange', tx, bytes);
  // Counted from what it returns: Citus tells of an insert-select how many rows were selected.
  const { count } = await one(
    tx,
    z.object({ count: Quantity }),
    sql`
      with kept as (
        insert into exchange (${COLUMNS})
        select ${COLUMNS} from staged_exchange
        order by account_key, occurred_at, exchange_key
        on conflict do nothing returning 1
      )
      select count(*) from kept`,
  );
  return count;
}

function copyInto(table: 'exchange' | 'staged_exchange', tx: pg.PoolClient, bytes: Buffer): Promise<void> {
  const copy = copyFrom(`copy ${table} (${COPY_COLUMNS}) from stdin (format binary)`);
  return pipeline(Readable.from([bytes]), tx.query(copy));
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
      -- Asked row by row: Citus knows no such question of a whole group.
      select account_key from (
        select account_key, exists (
          select from unnest(traits) as t(trait) where ${isOfKind(sql`t.trait`, TEXT_KINDS)}) as has_text
        from exchange
        where account_key = any(${[...accounts]}::bigint[]) and occurred_at between ${new Date(from)} and ${new Date(to)}
      ) e
      group by account_key having not bool_or(has_text)`,
  );
  return new Set(rows.map((row) => row.account_key));
}
