import { z } from 'zod';
import sql from 'sql-template-tag';
import type { Config } from '../../config.ts';
import { type SchemaState, schemaState } from '../../db/migrate.ts';
import { createPool } from '../../db/pool.ts';
import { one } from '../../db/query.ts';
import { readRoleRights, type RoleRights } from '../../db/role-rights.ts';
import { scrub, silentLog } from '../../log.ts';
import { findServer } from '../../open-database.ts';
import { TLS_ADVICE } from '../tls-advice.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

const OLDEST_MAJOR = 15;
const CLOCK_SKEW_MS = 30_000;

/** Whether the database can be reached, is new enough, tells the same time, and has this program's schema. */
export async function checkDatabase(config: Config): Promise<Check[]> {
  const embedded = config.databaseUrl === undefined;
  let server: Awaited<ReturnType<typeof findServer>>;
  try {
    server = await findServer(config, silentLog);
  } catch (fault) {
    return [failed('database', scrub(messageOf(fault)))];
  }
  const pool = createPool(server.url, { log: silentLog, applicationName: 'retort doctor', maxConnections: 1 });
  try {
    const { number, at } = await one(
      pool,
      z.object({ number: z.number(), at: z.date() }),
      sql`select current_setting('server_version_num')::int as number, clock_timestamp() as at`,
    );
    const skewMs = Math.abs(at.getTime() - Date.now());
    const major = Math.floor(number / 10_000);
    const which = `PostgreSQL ${major}${embedded ? ', embedded' : ''}`;
    return [
      major < OLDEST_MAJOR
        ? failed('database', `${which} is too old: Retort needs ${OLDEST_MAJOR} or newer.`)
        : passed('database', `${which} answers`),
      skewMs > CLOCK_SKEW_MS
        ? failed('clock', `differs from the database's by ${Math.round(skewMs / 1000)} s: check NTP on both machines.`)
        : passed('clock', "agrees with the database's"),
      describeSchema(await schemaState(pool), embedded),
      ...(embedded ? [] : [describeRights(await readRoleRights(pool))]),
    ];
  } catch (fault) {
    const { code = '' } = fault as { code?: string };
    const mend = TLS_ADVICE[code] ?? 'Check DATABASE_URL, that the server runs, and that it lets this machine in.';
    return [failed('database', `cannot be used (${scrub(messageOf(fault))}). ${mend}`)];
  } finally {
    await pool.end();
    await server.stop();
  }
}

function describeSchema({ missing, unknown }: SchemaState, embedded: boolean): Check {
  if (unknown.length > 0) {
    return failed('schema', `is newer than this program (${unknown.join(', ')}): run the newer release of Retort.`);
  }
  if (missing.length > 0 && embedded) return passed('schema', 'will be brought up to date when it is used');
  if (missing.length > 0) return failed('schema', `lacks ${missing.join(', ')}: run retort migrate`);
  return passed('schema', 'is up to date');
}

function describeRights({ owns, lacks }: RoleRights): Check {
  if (lacks.length > 0) {
    return failed(
      'rights',
      `this role may not use ${lacks.join(', ')}: run docs/database-roles.sql, which gives it what the bot needs.`,
    );
  }
  return owns
    ? passed('rights', 'this role owns the tables; docs/database-roles.sql makes one for the bot that may do less')
    : passed('rights', 'this role does not own the tables, and may use them');
}
