import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, type Pool } from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase } from '../database.ts';

const SCRIPT = readFileSync(path.resolve(import.meta.dirname, '../../docs/database-roles.sql'), 'utf8');
const ROLES = ['owner', 'runtime', 'reader'] as const;
type RoleName = (typeof ROLES)[number];

export interface RolesRoom {
  /** As whoever runs the script. */
  admin: Pool;
  url: Record<RoleName, string>;
  pool: Record<RoleName, Pool>;
  /** What the role is called here. */
  name: Record<RoleName, string>;
  /** Runs docs/database-roles.sql again. */
  apply: () => Promise<void>;
  drop: () => Promise<void>;
}

/** A database that was set up by docs/database-roles.sql and migrated by its owner; the roles have names of their own. */
export async function rolesRoom(): Promise<RolesRoom> {
  const prefix = `retort_test_${randomBytes(4).toString('hex')}`;
  const script = SCRIPT.replaceAll(/\bretort_(owner|runtime|reader)\b/g, `${prefix}_$1`);
  const database = await createTestDatabase({ empty: true });
  if (inject('isCitus')) await database.pool.query('create extension citus');
  const apply = async () => void (await database.pool.query(script));
  await apply();
  const entries = await Promise.all(
    ROLES.map(async (role) => {
      const url = new URL(database.url);
      url.username = `${prefix}_${role}`;
      url.password = randomBytes(12).toString('hex');
      await database.pool.query(`alter role ${url.username} login password '${url.password}'`);
      return [role, url.href] as const;
    }),
  );
  const url = Object.fromEntries(entries) as Record<RoleName, string>;
  await migrate(url.owner, silentLog);
  await apply();
  const per = <T>(make: (role: RoleName) => T) =>
    Object.fromEntries(ROLES.map((role) => [role, make(role)])) as Record<RoleName, T>;
  const pool = per((role) => createPool(url[role], { log: silentLog }));
  return {
    admin: database.pool,
    url,
    pool,
    name: per((role) => `${prefix}_${role}`),
    apply,
    async drop() {
      for (const role of ROLES) await pool[role].end();
      await database.drop();
      const client = new Client({ connectionString: inject('databaseUrl') });
      await client.connect();
      for (const role of ROLES) await client.query(`drop role ${prefix}_${role}`);
      await client.end();
    },
  };
}
