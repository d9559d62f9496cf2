import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Config } from './config.ts';
import { createDiskRoom, type DiskRoom, freeBytesOf } from './db/embedded/disk-room.ts';
import { startEmbeddedServer } from './db/embedded-server.ts';
import { migrate } from './db/migrate.ts';
import { createPool, type PoolOptions } from './db/pool.ts';
import type { Log } from './log.ts';

export interface OpenDatabase {
  pool: Pool;
  /** With its password: not for logs. */
  url: string;
  /** Undefined where the database is not our own, or no room is asked to be left. */
  disk: DiskRoom | undefined;
  /** Closes the pool, then the embedded server where that is ours. */
  close(): Promise<void>;
}

const CLOSING_MS = 1_500;

/** The configured database, or the embedded one, with its schema up to date. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'leastDiskBytes'>,
  log: Log,
  options: Omit<PoolOptions, 'log'> = {},
): Promise<OpenDatabase> {
  const server = await findServer(config, log);
  try {
    const done = await migrate(server.url, log);
    if (done.length > 0) log.info({ migrations: done }, 'the schema was brought up to date');
  } catch (fault) {
    await server.stop();
    throw fault;
  }
  const pool = createPool(server.url, { ...options, log });
  const { directory } = server;
  const { leastDiskBytes: leastBytes } = config;
  return {
    pool,
    url: server.url,
    disk:
      directory === undefined || leastBytes === 0
        ? undefined
        : createDiskRoom({ leastBytes, free: () => freeBytesOf(directory), now: Date.now }),
    async close() {
      // A statement that does not end must not keep the server from being shut down.
      await Promise.race([pool.end(), wait(CLOSING_MS, undefined, { ref: false })]);
      await server.stop();
    },
  };
}

/** The address of the configured server, or of the embedded one, started. */
export async function findServer(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Log,
): Promise<{ url: string; directory: string | undefined; stop(): Promise<void> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, directory: undefined, stop: async () => {} };
  return startEmbeddedServer({ dataDir, log });
}
