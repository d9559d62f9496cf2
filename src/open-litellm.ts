import type pg from 'pg';
import type { Config } from './config.ts';
import { createPool } from './db/pool.ts';
import { createFingerprinter } from './ingest/fingerprint.ts';
import { createLitellmPoll, type LitellmPoll } from './ingest/poll-litellm.ts';
import type { Log } from './log.ts';

const STATEMENT_TIMEOUT_MS = 60_000;

/** The poll of LiteLLM's database, where one is configured. */
export function openLitellm(
  { litellmDatabaseUrl }: Pick<Config, 'litellmDatabaseUrl'>,
  { pool, secret, now, log }: { pool: pg.Pool; secret: string | undefined; now: () => number; log: Log },
): { poll: LitellmPoll; close(): Promise<void> } | undefined {
  if (litellmDatabaseUrl === undefined || secret === undefined) return undefined;
  const source = createPool(litellmDatabaseUrl, {
    log,
    applicationName: 'retort litellm',
    maxConnections: 1,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const fingerprinter = createFingerprinter(secret);
  return { poll: createLitellmPoll({ pool, source, fingerprinter, clock: now }), close: () => source.end() };
}
