import { randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { inject } from 'vitest';
import { createPool } from '../src/db/pool.ts';
import { silentLog } from '../src/log.ts';

export interface TestDatabase {
  pool: Pool;
  url: string;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/** A database of one's own: a copy of the migrated template, or an empty one. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `retort_test_${randomBytes(6).toString('hex')}`;
  const template = options.empty === true ? 'template0' : inject('templateDatabase');
  await asAdmin((admin) => admin.query(`create database ${name} template ${template}`));
  const url = new URL(inject('databaseUrl'));
  url.pathname = name;
  const pool = createPool(url.href, { log: silentLog });
  return {
    pool,
    url: url.href,
    async drop() {
      await pool.end();
      await dropDatabase(name);
    },
  };
}

const IN_USE = '55006';
const TRIES = 5;

/** Citus' maintenance of a database hears nothing while it starts, and starts again whenever it was ended. */
async function dropDatabase(name: string, left = inject('isCitus') ? TRIES : 1): Promise<void> {
  try {
    await asAdmin((admin) => admin.query(`drop database ${name} with (force)`));
  } catch (fault) {
    if (left === 1 || (fault as { code?: string }).code !== IN_USE) throw fault;
    await dropDatabase(name, left - 1);
  }
}

async function asAdmin(work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: inject('databaseUrl') });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
