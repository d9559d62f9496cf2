import type pg from 'pg';
import { saveAccounts } from '../db/account.ts';
import { accountRow } from './account-row.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { loadRecords, type Transact } from './load-records.ts';
import type { Input } from './open-input.ts';
import { timeProblem } from './parse-record.ts';
import { Account } from './records.ts';

export interface LoadOptions {
  pool: pg.Pool;
  input: Input;
  fingerprinter: Fingerprinter;
  /** Epoch milliseconds. */
  clock: () => number;
  /** As of `loadRecords`. */
  transact?: Transact | undefined;
}

/** Loads accounts; a later line for the same account replaces the earlier one. */
export function loadAccounts({ pool, input, fingerprinter, clock, transact }: LoadOptions) {
  return loadRecords({
    pool,
    input,
    transact,
    schema: Account,
    fingerprinter,
    now: clock(),
    problem: accountProblem(clock),
    save: (tx, accounts) => {
      const now = clock();
      return saveAccounts(
        tx,
        accounts.map((account) => accountRow(account, fingerprinter, now)),
        now,
      );
    },
  });
}

/** What the schema cannot know to be wrong with an account: its times. */
function accountProblem(clock: () => number): (account: Account) => string | undefined {
  return ({ created_at, status_at }) =>
    timeProblem(created_at, clock()) ?? (status_at === undefined ? undefined : timeProblem(status_at, clock()));
}
