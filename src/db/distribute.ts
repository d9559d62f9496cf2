import type { ClientBase } from 'pg';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { execute, many } from './query.ts';

/** The large tables: their rows lie by account, those of one account together. */
const BY_ACCOUNT = ['account', 'exchange', 'account_day', 'account_trait'] as const;
/** What is joined with them whatever the account: every worker has it whole. */
const EVERYWHERE = ['trait'] as const;

const Table = z.object({ name: z.string() });

/**
 * On a Citus coordinator, distributes the large tables that are not distributed yet; everything else stays local to the
 * coordinator, so that alerts go on while a worker is away. Returns the tables' names; none where there is no Citus.
 */
export async function distribute(client: ClientBase): Promise<string[]> {
  const present = await many(client, Table, sql`select extname as name from pg_extension where extname = 'citus'`);
  if (present.length === 0) return [];
  const known = await many(client, Table, sql`select logicalrelid::text as name from pg_dist_partition`);
  const isLeft = (table: string) => !known.some(({ name }) => name === table);
  const done: string[] = [];
  for (const table of EVERYWHERE.filter(isLeft)) {
    await execute(client, sql`select create_reference_table(${table})`);
    done.push(table);
  }
  for (const table of BY_ACCOUNT.filter(isLeft)) {
    const beside = table === 'account' ? 'default' : 'account';
    await execute(
      client,
      sql`select create_distributed_table(${table}, 'account_key', colocate_with => ${raw(`'${beside}'`)})`,
    );
    done.push(table);
  }
  return done;
}
