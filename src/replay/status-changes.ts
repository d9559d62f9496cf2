import type { AccountRow } from '../db/account.ts';
import type { Account } from '../ingest/records.ts';

/** Changes of accounts' status that a recording tells in advance, to be applied in their own time. */
export interface StatusChanges {
  /** The row as it stood before a status that is still to come; that change is kept for later. */
  defer(account: Account, row: AccountRow): AccountRow;
  /** Rows whose status has come by `at`, oldest first. */
  due(at: number): AccountRow[];
}

export function createStatusChanges(): StatusChanges {
  const waiting: AccountRow[] = [];
  let sorted = true;
  return {
    defer(account, row) {
      if (account.status_at === undefined || row.status === 'active') return row;
      waiting.push(row);
      sorted = false;
      return { ...row, status: 'active', status_at: row.created_at };
    },
    due(at) {
      // Newest first, so that those that are due can be taken off the end.
      if (!sorted) waiting.sort((a, b) => b.status_at - a.status_at);
      sorted = true;
      const due: AccountRow[] = [];
      for (let next = waiting.at(-1); next !== undefined && next.status_at <= at; next = waiting.at(-1)) {
        due.push(next);
        waiting.pop();
      }
      return due;
    },
  };
}
