import sql from 'sql-template-tag';
import { z } from 'zod';
import type { AccountKey } from '../campaigns/hit.ts';
import type { AccountFacts } from '../campaigns/score-group.ts';
import { type Database, execute, Key, many } from './query.ts';

const Row = z.object({
  account_key: Key,
  account_id: z.string(),
  organization_id: z.string().nullable(),
  program: z.string().nullable(),
});

/** Who these accounts are; keys that no account has are left out. */
export async function readAccountFacts(
  db: Database,
  accounts: readonly AccountKey[],
): Promise<Map<AccountKey, AccountFacts>> {
  const rows = await many(
    db,
    Row,
    sql`
      select account_key, account_id, organization_id, program from account
      where account_key = any(${accounts}::bigint[])`,
  );
  return new Map(
    rows.map((row) => [
      row.account_key,
      { accountId: row.account_id, organizationId: row.organization_id, program: row.program },
    ]),
  );
}

/** An account as a gateway's line tells it. Times are epoch milliseconds. */
export interface AccountRow {
  account_key: string;
  account_id: string;
  created_at: number;
  organization_id: string | undefined;
  email_domain: string | undefined;
  email_disposable: boolean | undefined;
  payment_kind: string | undefined;
  plan: string | undefined;
  program: string | undefined;
  verification: string | undefined;
  country: string | undefined;
  status: string;
  status_at: number;
  /** Whether the line told since when; else it is when the line was read. */
  status_at_told: boolean;
  traits: string[];
}

/** Writes accounts; a later word replaces the earlier one, also within `rows`. */
export async function saveAccounts(db: Database, rows: readonly AccountRow[], now: number): Promise<void> {
  const latest = [...new Map(rows.map((row) => [row.account_key, row])).values()];
  const lines = latest.map((row) => ({
    ...row,
    created_at: new Date(row.created_at),
    status_at: new Date(row.status_at),
    traits: `{${row.traits.join(',')}}`,
  }));
  await execute(
    db,
    sql`
      insert into account (account_key, account_id, created_at, organization_id, email_domain, email_disposable,
        payment_kind, plan, program, verification, country, status, status_at, traits, updated_at)
      select r.account_key, r.account_id, r.created_at, r.organization_id, r.email_domain, r.email_disposable,
        r.payment_kind, r.plan, r.program, r.verification, r.country, r.status,
        -- A status that is told again without its time holds since it was first told.
        case when r.status_at_told or a.status is distinct from r.status then r.status_at
          else coalesce(a.status_at, r.status_at) end,
        r.traits::bigint[], ${new Date(now)}
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(account_key bigint, account_id text,
        created_at timestamptz, organization_id text, email_domain text, email_disposable boolean, payment_kind text,
        plan text, program text, verification text, country text, status text, status_at timestamptz, status_at_told boolean,
        traits text)
      left join account a on a.account_key = r.account_key
      order by r.account_key
      on conflict (account_key) do update set
        created_at = excluded.created_at, organization_id = excluded.organization_id,
        email_domain = excluded.email_domain, email_disposable = excluded.email_disposable,
        payment_kind = excluded.payment_kind, plan = excluded.plan, program = excluded.program,
        verification = excluded.verification, country = excluded.country, status = excluded.status,
        status_at = excluded.status_at, traits = excluded.traits, updated_at = excluded.updated_at`,
  );
}

/** Notes accounts that were only seen in exchanges, so that they have a name; known ones stay as they are. */
export async function noteAccounts(db: Database, accounts: ReadonlyMap<bigint, string>, now: number): Promise<void> {
  if (accounts.size === 0) return;
  await execute(
    db,
    sql`
      insert into account (account_key, account_id, updated_at)
      select a.key, a.id, ${new Date(now)}
      from unnest(${[...accounts.keys()].map(String)}::bigint[], ${[...accounts.values()]}::text[]) as a(key, id)
      order by a.key
      on conflict (account_key) do nothing`,
  );
}

/** Notes what the account service confirmed; its own next word replaces it. */
export async function markStatus(
  tx: Database,
  accounts: readonly AccountKey[],
  { status, now }: { status: 'active' | 'suspended' | 'banned'; now: number },
): Promise<void> {
  await tx.query(
    sql`update account set status = ${status}, status_at = ${new Date(now)}, updated_at = ${new Date(now)}
        where account_key = any(${[...accounts]}::bigint[]) and status <> ${status}`,
  );
}
