import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../src/db/embedded-server.ts';
import { migrate } from '../src/db/migrate.ts';
import { silentLog } from '../src/log.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string;
    templateDatabase: string;
    isCitus: boolean;
  }
}

/** One server for the whole run and one migrated template in it, of which every test file gets a copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
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
  const dataDir = await mkdtemp(path.join(tmpdir(), 'retort-test-'));
  // As root, the server's user must be able to pass through.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedServer({ dataDir, log: silentLog, durable: false });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(server.directory, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
