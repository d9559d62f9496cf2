import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, type Pool } from 'pg';
import { homeOf } from '../db/embedded/server-home.ts';
import { startEmbeddedServer } from '../db/embedded-server.ts';
import { migrate } from '../db/migrate.ts';
import { createPool } from '../db/pool.ts';
import type { Log } from '../log.ts';

export interface TemporaryDatabase {
  pool: Pool;
  /** For other programs that look at the same database. */
  url: string;
  /** Closes the pool, and removes the database with everything in it. */
  remove(): Promise<void>;
}

/**
 * A migrated database of one's own: beside the configured one, or on an embedded server that is started for it and
 * does not wait for the disk, since nothing of it outlives the run.
 */
export async function createTemporaryDatabase(databaseUrl: string | undefined, log: Log): Promise<TemporaryDatabase> {
  const server = databaseUrl === undefined ? await startServer(log) : await createDatabase(databaseUrl);
  try {
    await migrate(server.url, log);
  } catch (fault) {
    await server.remove();
    throw fault;
  }
  const pool = createPool(server.url, { log });
  return {
    pool,
    url: server.url,
    async remove() {
      await pool.end();
      await server.remove();
    },
  };
}

async function startServer(log: Log) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'retort-replay-'));
  // As root, the server's own user must be able to pass through.
  await chmod(dataDir, 0o711);
  const removeFiles = async (directory: string) => {
    // A server that failed to start may still be writing its last files.
    for (const each of [directory, dataDir]) await rm(each, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const server = await startEmbeddedServer({ dataDir, log, durable: false });
    return {
      url: server.url,
      async remove() {
        await server.stop();
        await removeFiles(server.directory);
      },
    };
  } catch (fault) {
    // As when Ctrl-C in a terminal ended initdb, too.
    await removeFiles(await homeOf(dataDir));
    throw fault;
  }
}

async function createDatabase(url: string) {
  const name = `retort_replay_${randomBytes(6).toString('hex')}`;
  const own = new URL(url);
  own.pathname = name;
  await run(url, `create database ${name}`);
  const remove = async () => void (await run(url, `drop database if exists ${name} with (force)`));
  try {
    // Beside a database whose large tables are distributed, this one's are, too.
    if (await run(url, `select from pg_extension where extname = 'citus'`))
      await run(own.href, 'create extension citus');
  } catch (fault) {
    await remove();
    throw fault;
  }
  return { url: own.href, remove };
}

/** How many rows a statement gave or touched. */
async function run(url: string, statement: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
