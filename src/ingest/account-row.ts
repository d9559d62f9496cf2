import type { AccountRow } from '../db/account.ts';
import type { Fingerprinter } from './fingerprint.ts';
import type { Account } from './records.ts';

/** A row of the account table from a gateway's line; `readAt` stands in where the line has no time for its status. */
export function accountRow(account: Account, fingerprinter: Fingerprinter, readAt: number): AccountRow {
  return {
    account_key: String(fingerprinter.accountKey(account.account_id)),
    account_id: account.account_id,
    created_at: account.created_at,
    organization_id: account.organization_id,
    email_domain: account.email_domain?.toLowerCase(),
    email_disposable: account.email_disposable,
    payment_kind: account.payment_kind,
    plan: account.plan,
    program: account.program,
    verification: account.verification,
    country: account.country?.toUpperCase(),
    status: account.status ?? 'active',
    status_at: account.status_at ?? readAt,
    status_at_told: account.status_at !== undefined,
    traits: fingerprinter.account(account).map(String),
  };
}
