import type pg from 'pg';
import { saveAccounts } from '../../src/db/account.ts';
import { accountRow } from '../../src/ingest/account-row.ts';
import { createExchangeLoader } from '../../src/ingest/exchange-loader.ts';
import { createFingerprinter } from '../../src/ingest/fingerprint.ts';
import { readLines } from '../../src/ingest/read-lines.ts';
import { Account, type AccountLine, type ExchangeLine } from '../../src/ingest/records.ts';
import { emptyTables } from '../empty-tables.ts';
import { END } from './world.ts';

export const fingerprinter = createFingerprinter('a key for tests only, thirty-two characters');

const WORLD = [
  'exchange',
  'ingest_batch',
  'quarantine',
  'account',
  'account_day',
  'account_trait',
  'trait',
  'traffic_hour',
  'watermark',
  'hit',
  'campaign',
  'campaign_account',
  'escalation_event',
  'escalation',
  'proposal',
  'action_ledger',
  'action_freeze',
  'legal_hold',
  'outbox',
  'job_slot',
  'detection_run',
  'detection_gap',
  'detection_state',
  'exception_entry',
  'indicator',
];

/** Empties every table that a world or a run of the jobs fills. */
export async function clearWorld(pool: pg.Pool): Promise<void> {
  await emptyTables(pool, WORLD);
}

export async function loadAccounts(pool: pg.Pool, accounts: readonly AccountLine[], now = END): Promise<void> {
  const rows = accounts.map((line) => accountRow(Account.parse(line), fingerprinter, now));
  await saveAccounts(pool, rows, now);
}

/** Loads exchanges as a gateway's file, in the order given, in batches of so many lines. */
export async function loadExchanges(
  pool: pg.Pool,
  exchanges: readonly ExchangeLine[],
  { now = END, batchLines = 10_000 }: { now?: number; batchLines?: number } = {},
): Promise<void> {
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: () => now, source: 'test', batchLines });
  async function* chunks() {
    yield Buffer.from(exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join(''));
  }
  try {
    for await (const lines of readLines(chunks())) {
      for (const reading of lines.flatMap(loader.read)) await loader.keep(reading);
    }
    await loader.flush();
  } finally {
    await loader.close();
  }
}

/** Ids behind account keys, in order. */
export async function accountIds(pool: pg.Pool, keys: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ account_id: string }>(
    'select account_id from account where account_key = any($1::bigint[])',
    [keys],
  );
  return rows.map((row) => row.account_id).toSorted();
}
