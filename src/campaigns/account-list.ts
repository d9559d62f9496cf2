import { createHash } from 'node:crypto';
import type { AccountKey } from './hit.ts';

/** An account as people and the account service name it, with its key here. */
export interface ListedAccount {
  account: AccountKey;
  accountId: string;
}

/** By their ids' UTF-16 code units, each once: the order in which lists are written down and hashed. */
export function sortAccounts<Listed extends ListedAccount>(accounts: readonly Listed[]): Listed[] {
  const unique = new Map(accounts.map((each) => [each.accountId, each]));
  return [...unique.values()].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

/** SHA-256, hexadecimal, of the ids as a JSON array in order: what an approval is bound to. */
export function digestOf(accounts: readonly ListedAccount[]): string {
  const ids = sortAccounts(accounts).map(({ accountId }) => accountId);
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex');
}

/** What is in one list and not in the other, in order. */
export interface Drift {
  added: string[];
  removed: string[];
}

export function driftBetween(before: readonly ListedAccount[], after: readonly ListedAccount[]): Drift {
  const ids = (accounts: readonly ListedAccount[]) => new Set(sortAccounts(accounts).map(({ accountId }) => accountId));
  const [old, present] = [ids(before), ids(after)];
  return {
    added: [...present].filter((id) => !old.has(id)),
    removed: [...old].filter((id) => !present.has(id)),
  };
}
