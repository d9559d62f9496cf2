import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../src/db/embedded-server.ts';
import { migrate } from '../src/db/migrate.ts';
import { silentLog } from '../src/log.ts';
import { compilePrograms } from './programs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string;
    templateDatabase: string;
    isCitus: boolean;
  }
}

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 3 * 1024 ** 3;
const PREFIX = 'retort-tests-';

/** One server for the whole run and one migrated template in it, of which every test file gets a copy; the programs. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await compilePrograms();
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startTemporaryServer() : { url: given, stop: async () => {} };
  const template = `retort_template_${process.pid}`;
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`drop database if exists ${template}`);
  await admin.query(`create database ${template}`);
  const url = new URL(server.url);
  url.pathname = template;
  const isCitus = await hasCitus(admin);
  if (!isCitus && process.env['TEST_CITUS'] === 'required')
    throw new Error('CITUS_URL names a database without Citus: run "create extension citus" in it first.');
  if (isCitus) await inDatabase(url.href, 'create extension citus');
  await migrate(url.href, silentLog);
  // Its maintenance stays connected, and a database that somebody is connected to cannot be copied.
  if (isCitus) await closeDatabase(admin, template);
  project.provide('databaseUrl', server.url);
  project.provide('templateDatabase', template);
  project.provide('isCitus', isCitus);
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.end();
    await server.stop();
  };
}

/** Whether the server is a Citus coordinator: then the template's large tables are distributed, and so every test's. */
async function hasCitus(admin: Client): Promise<boolean> {
  const { rowCount } = await admin.query(`select from pg_extension where extname = 'citus'`);
  return rowCount === 1;
}

async function inDatabase(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function closeDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1', [name]);
}

async function startTemporaryServer() {
  for (const place of await memory()) {
    const server = await startServerIn(place).catch(() => undefined);
    // Memory that no program may be run from, for one.
    if (server !== undefined) return server;
  }
  return startServerIn(tmpdir());
}

async function startServerIn(place: string) {
  const dataDir = await mkdtemp(path.join(place, `${PREFIX}${process.pid}-`));
  const remove = async () => rm(dataDir, { recursive: true, force: true });
  try {
    // As root, the server's user must be able to pass through.
    await chmod(dataDir, 0o711);
    const server = await startEmbeddedServer({ dataDir, log: silentLog, durable: false });
    const stop = async () => {
      await server.stop();
      await remove();
    };
    return { url: server.url, stop };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

/** Files in memory, where there is plenty: a test's database is thousands of files that are made and removed. */
async function memory(): Promise<string[]> {
  const space = await statfs(MEMORY).catch(() => undefined);
  if (space === undefined) return [];
  // What a run that was killed has left would keep its memory.
  for (const name of await readdir(MEMORY)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : undefined;
    if (pid !== undefined && !isAlive(pid)) await rm(path.join(MEMORY, name), { recursive: true, force: true });
  }
  return space.bsize * space.bavail < ENOUGH_BYTES ? [] : [MEMORY];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
