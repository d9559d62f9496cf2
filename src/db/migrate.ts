import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { Client, type ClientBase, type Pool } from 'pg';
import type { Log } from '../log.ts';
import { distribute } from './distribute.ts';

const DIRECTORY = fileURLToPath(new URL('migrations', import.meta.url));
const TABLE = 'schema_migration';

export interface SchemaState {
  /** Migrations of this program that the database lacks. */
  missing: string[];
  /** Migrations of the database that this program does not know. */
  unknown: string[];
}

/**
 * Brings the schema up to date and returns the names that were run; on a Citus coordinator, also distributes the large
 * tables. A failed migration changes nothing and throws.
 */
export async function migrate(url: string, log: Log, directory: string = DIRECTORY): Promise<string[]> {
  const client = new Client({ connectionString: url, application_name: 'retort migrate' });
  client.on('error', (fault) => log.debug({ err: fault }, 'the migration lost its connection'));
  await client.connect();
  const name = { current: '' };
  try {
    const state = await schemaState(client, directory);
    refuseNewer(state);
    // The role that the bot runs as may read which migrations were run, and no more.
    if (state.missing.length === 0) {
      await spread(client, log);
      return [];
    }
    await refuseOthers(client, state);
    const done = await runner({
      dbClient: client,
      dir: directory,
      direction: 'up',
      migrationsTable: TABLE,
      checkOrder: true,
      singleTransaction: true,
      // A second replica waits for the first, then finds nothing left to run.
      advisoryLockMode: 'wait',
      logger: migrationLogger(log, name),
    });
    refuseNewer(await schemaState(client, directory));
    await spread(client, log);
    return done.map((migration) => migration.name);
  } catch (fault) {
    if (fault instanceof SchemaError) throw fault;
    const said = fault instanceof Error ? fault.message : String(fault);
    const where = name.current === '' ? '' : ` at ${name.current}`;
    throw new SchemaError(`the schema could not be brought up to date${where}: ${said}; the database is as it was`, {
      cause: fault,
    });
  } finally {
    await client.end().catch(() => {});
  }
}

async function spread(client: Client, log: Log): Promise<void> {
  for (const table of await distribute(client)) log.info({ table }, 'table distributed over the workers');
}

/** How the database's migrations compare with this program's. */
export async function schemaState(
  db: Pick<ClientBase, 'query'> | Pool,
  directory: string = DIRECTORY,
): Promise<SchemaState> {
  const files = await readdir(directory);
  const known = files.filter((file) => file.endsWith('.sql')).map((file) => file.slice(0, -'.sql'.length));
  const run = await runMigrations(db);
  return {
    missing: known.filter((name) => !run.includes(name)).toSorted(),
    unknown: run.filter((name) => !known.includes(name)).toSorted(),
  };
}

/** The schema is not what this program can work with, or could not be made so. */
export class SchemaError extends Error {
  override name = 'SchemaError';
}

async function runMigrations(db: Pick<ClientBase, 'query'> | Pool): Promise<string[]> {
  const found = await db.query<{ present: boolean }>(`select to_regclass('${TABLE}') is not null as present`);
  if (found.rows[0]?.present !== true) return [];
  const { rows } = await db.query<{ name: string }>(`select name from ${TABLE} order by id`);
  return rows.map((row) => row.name);
}

function refuseNewer({ unknown }: SchemaState): void {
  if (unknown.length === 0) return;
  throw new SchemaError(
    `the database is newer than this program: it holds ${unknown.join(', ')}. Run the newer release of Retort, or restore a backup made with this one.`,
  );
}

/** Only who owns the tables can change them; the library would say so in the words of its first statement. */
async function refuseOthers(client: Client, { missing }: SchemaState): Promise<void> {
  const { rows } = await client.query<{ owns: boolean }>(
    `select pg_has_role(relowner, 'usage') as owns from pg_class where oid = to_regclass('${TABLE}')`,
  );
  if (rows[0]?.owns !== false) return;
  throw new SchemaError(
    `the database lacks ${missing.join(', ')}, and this role does not own its tables. Run retort migrate with DATABASE_URL of the role that does, then docs/database-roles.sql.`,
  );
}

/** The library's talk at debug level; its `### MIGRATION name` line tells which file a fault belongs to. */
function migrationLogger(log: Log, name: { current: string }) {
  const say = (message: string) => {
    name.current = /### MIGRATION (\S+)/.exec(message)?.[1] ?? name.current;
    log.debug(message);
  };
  return { debug: say, info: say, warn: say, error: say };
}
