import { chmod, mkdtemp, rm } from 'node:fs/promises';
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
  }
}

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
  await migrate(url.href, silentLog);
  project.provide('databaseUrl', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.end();
    await server.stop();
  };
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
