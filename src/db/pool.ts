import { type CustomTypesConfig, Pool, types as defaults } from 'pg';
import type { Log } from '../log.ts';
import { ANSWER_GRACE_MS } from './query.ts';

export interface PoolOptions {
  log: Log;
  /** Shown in pg_stat_activity; default `retort`. */
  applicationName?: string;
  /** Most connections at once; default 10. */
  maxConnections?: number;
  /** Every statement longer than this is cancelled; default two minutes, 0 for none. */
  statementTimeoutMs?: number;
  /**
   * How long to wait for an answer before the connection is given up; default ten seconds longer than the server lets a
   * statement take, none where it sets no limit. What may take longer is asked `within` a limit of its own.
   */
  answerTimeoutMs?: number;
}

/** After so long without a word the kernel asks whether the other side is still there. */
const KEEP_ALIVE_MS = 30_000;

/** As pg parses by default (bigint as text, timestamptz as Date), but `date` stays `YYYY-MM-DD`: a day has no zone. */
const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === defaults.builtins.DATE ? (text: string) => text : defaults.getTypeParser(oid, format),
};

/** A pool whose sessions are in UTC and whose lost connections are logged instead of ending the process. */
export function createPool(url: string, options: PoolOptions): Pool {
  const { log, applicationName = 'retort', maxConnections = 10, statementTimeoutMs = 120_000 } = options;
  const { answerTimeoutMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + ANSWER_GRACE_MS } = options;
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    statement_timeout: statementTimeoutMs,
    // A connection whose other side went away without a word would hold its worker for as long as the kernel likes.
    query_timeout: answerTimeoutMs,
    idle_in_transaction_session_timeout: 300_000,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types,
    // Hundreds of short queries an hour: compiling each would take many times as long as running it.
    options: '-c timezone=UTC -c jit=off',
  });
  pool.on('error', (fault) => {
    // Its server may stop before the last of an ended pool's sockets is closed.
    if (!pool.ending) log.warn({ err: fault }, 'an idle database connection was lost');
  });
  return pool;
}
