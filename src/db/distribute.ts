import type { ClientBase } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
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
  if ((await undistributed(client)).length === 0 && !(await showsPacked(client))) return [];
  await execute(client, sql`begin`);
  try {
    // Another replica that starts just now waits, and then finds nothing left to do.
    await execute(client, sql`select pg_advisory_xact_lock(hashtextextended('retort distribute', 0))`);
    if (await showsPacked(client)) await leaveUnpacked(client);
    const left = await undistributed(client);
    for (const table of left) await execute(client, distributing(table));
    await execute(client, sql`commit`);
    return left;
  } catch (fault) {
    await execute(client, sql`rollback`).catch(() => {});
    throw fault;
  }
}

/** Whether the view of sightings still unites them with packed ones. */
async function showsPacked(client: ClientBase): Promise<boolean> {
  const uniting = await many(
    client,
    Table,
    sql`
      select viewname::text as name from pg_views
      where schemaname = current_schema() and viewname = 'sighting' and definition like '%account_trait_pack%'`,
  );
  return uniting.length > 0;
}

/**
 * Nothing is packed there (docs/decisions/0024-packed-days.md), and a union with a table of the coordinator's own would be
 * planned as if it were large: sightings are those of the distributed table alone.
 */
async function leaveUnpacked(client: ClientBase): Promise<void> {
  await execute(
    client,
    sql`
      create or replace view sighting as
      select account_key, trait, day, uses, elicited, first_at, last_at from account_trait`,
  );
}

type LargeTable = (typeof EVERYWHERE)[number] | (typeof BY_ACCOUNT)[number];

async function undistributed(client: ClientBase): Promise<LargeTable[]> {
  const known = await many(client, Table, sql`select logicalrelid::text as name from pg_dist_partition`);
  return [...EVERYWHERE, ...BY_ACCOUNT].filter((table) => !known.some(({ name }) => name === table));
}

function distributing(table: LargeTable): Sql {
  if (EVERYWHERE.includes(table as 'trait')) return sql`select create_reference_table(${table})`;
  const beside = table === 'account' ? 'default' : 'account';
  return sql`select create_distributed_table(${table}, 'account_key', colocate_with => ${beside})`;
}
