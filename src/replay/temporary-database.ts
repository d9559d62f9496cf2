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
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  return { url: own.href, remove: () => admin(`drop database if exists ${name} with (force)`) };
}
