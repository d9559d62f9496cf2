import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import type { ListedAccount } from '../campaigns/account-list.ts';
import { TALLY_STATES, type Tally } from '../campaigns/proposal.ts';
import type { ActionFailure } from '../campaigns/action-view.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import type { RowOutcome } from '../campaigns/settle-batch.ts';
import { type Database, execute, Key, many, maybeOne, one, Quantity, Timestamp } from './query.ts';

/** Writes down whom a proposal is about: the only time that rows are added. */
export async function listAccounts(tx: Database, proposal: number, accounts: readonly ListedAccount[]): Promise<void> {
  await tx.query(
    sql`
      insert into action_ledger (account_key, proposal_id, account_id)
      select a.key, ${proposal}, a.id
      from unnest(${accounts.map(({ account }) => account)}::bigint[], ${accounts.map(({ accountId }) => accountId)}::text[])
        as a(key, id)`,
  );
}

const Listed = z
  .object({ account_key: Key, account_id: z.string() })
  .transform((row): ListedAccount => ({ account: row.account_key, accountId: row.account_id }));

/** Whom a proposal is about. */
export function readListed(db: Database, proposal: number): Promise<ListedAccount[]> {
  return many(db, Listed, sql`select account_key, account_id from action_ledger where proposal_id = ${proposal}`);
}

/** The last approval is there: what was proposed is to be done, or, in a dry run, noted. Returns how many. */
export function startLedger(
  tx: Database,
  proposal: number,
  { dryRun, now }: { dryRun: boolean; now: number },
): Promise<number> {
  return execute(
    tx,
    sql`update action_ledger set state = ${dryRun ? 'dry_run' : 'pending'},
          settled_at = ${dryRun ? new Date(now) : null}
        where proposal_id = ${proposal} and state = 'proposed'`,
  );
}

const BatchRow = z
  .object({
    account_key: Key,
    account_id: z.string(),
    idempotency_key: z.string(),
    attempts: z.number(),
    doubtful: z.boolean(),
  })
  .transform((row) => ({
    account: row.account_key,
    accountId: row.account_id,
    key: row.idempotency_key,
    /** This attempt's number, from 1. */
    attempt: row.attempts,
    /** An earlier attempt may have done it. */
    doubtful: row.doubtful,
  }));
type BatchRow = z.output<typeof BatchRow>;

/** What goes into one request. */
export interface Batch {
  /** The same when it is repeated, and so are its accounts. */
  id: string;
  /** In the order of the ids. */
  rows: BatchRow[];
}

/**
 * What is to be sent next, marked as sent: a request that was not answered, as it was, before new ones. Only whoever
 * holds the proposal may ask.
 */
export async function takeBatch(
  tx: Database,
  proposal: number,
  { now, most }: { now: number; most: number },
): Promise<Batch | undefined> {
  const due = sql`settled_at is null and (not_before is null or not_before <= ${new Date(now)})`;
  const unanswered = await maybeOne(
    tx,
    z.object({ batch_id: z.string() }),
    sql`select batch_id from action_ledger
        where proposal_id = ${proposal} and state in ('sent', 'unknown') and batch_id is not null and ${due}
        order by not_before nulls first limit 1`,
  );
  const id = unanswered?.batch_id ?? randomUUID();
  const chosen =
    unanswered === undefined
      ? sql`state in ('pending', 'unknown') and batch_id is null and ${due} order by account_id limit ${most}`
      : sql`batch_id = ${id} and settled_at is null`;
  const rows = await many(
    tx,
    BatchRow,
    sql`
      update action_ledger l
      set state = 'sent', batch_id = ${id}, attempts = l.attempts + 1, not_before = null
      from (select account_key, state from action_ledger where proposal_id = ${proposal} and ${chosen}) before
      where l.proposal_id = ${proposal} and l.account_key = before.account_key
      returning l.account_key, l.account_id, l.idempotency_key, l.attempts, before.state <> 'pending' as doubtful`,
  );
  return rows.length === 0 ? undefined : { id, rows: rows.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)) };
}

/** Writes what came of a batch. */
export async function settleRows(
  tx: Database,
  proposal: number,
  outcomes: ReadonlyMap<AccountKey, RowOutcome>,
  now: number,
): Promise<void> {
  const rows = [...outcomes].map(([account, outcome]) => ({ account, ...columnsOf(outcome, now) }));
  await tx.query(
    sql`
      update action_ledger l set state = r.state, reason = r.reason, settled_at = r.settled_at,
        not_before = r.not_before, batch_id = case when r.keeps then l.batch_id end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(account bigint, state text, reason text, settled_at timestamptz, not_before timestamptz, keeps boolean)
      where l.proposal_id = ${proposal} and l.account_key = r.account and l.state = 'sent'`,
  );
}

function columnsOf(outcome: RowOutcome, now: number) {
  const at = (time: number) => new Date(time).toISOString();
  const none = { reason: null, settled_at: null, not_before: null, keeps: false };
  switch (outcome.state) {
    case 'done':
      return { ...none, state: 'done', settled_at: at(now), keeps: true };
    case 'failed':
      return { ...none, state: 'failed', reason: outcome.reason, settled_at: at(now), keeps: true };
    case 'given_up':
      return { ...none, state: 'unknown', reason: outcome.reason, settled_at: at(now), keeps: true };
    case 'again': {
      const state = outcome.certain ? 'pending' : 'unknown';
      return { ...none, state, reason: outcome.reason, not_before: at(outcome.notBefore) };
    }
    case 'repeat':
      return { ...none, state: 'unknown', reason: outcome.reason, not_before: at(outcome.notBefore), keeps: true };
  }
  return outcome satisfies never;
}

/** Keys of the accounts that are not sent, or were certainly not acted upon yet. */
export async function readPending(db: Database, proposal: number): Promise<AccountKey[]> {
  const rows = await many(
    db,
    Listed,
    sql`select account_key, account_id from action_ledger where proposal_id = ${proposal} and state = 'pending'`,
  );
  return rows.map(({ account }) => account);
}

/** Leaves out accounts that were never sent; returns how many. */
export function dropPending(
  tx: Database,
  proposal: number,
  { accounts, reason, now }: { accounts: readonly AccountKey[] | 'all'; reason: string; now: number },
): Promise<number> {
  const which = accounts === 'all' ? sql`true` : sql`account_key = any(${[...accounts]}::bigint[])`;
  return execute(
    tx,
    sql`update action_ledger set state = 'failed', reason = ${reason}, settled_at = ${new Date(now)}
        where proposal_id = ${proposal} and state = 'pending' and ${which}`,
  );
}

/** Puts what failed or was given up back into the queue, under the same keys; returns how many. */
export function retryLedger(tx: Database, proposal: number): Promise<number> {
  return execute(
    tx,
    sql`update action_ledger set state = case when state = 'failed' then 'pending' else 'unknown' end, attempts = 0,
          batch_id = null, not_before = null, settled_at = null
        where proposal_id = ${proposal} and settled_at is not null and state in ('failed', 'unknown')`,
  );
}

/** When the next row is due; null when every account has its outcome. */
export async function nextDue(db: Database, proposal: number): Promise<{ at: number | null } | null> {
  const row = await one(
    db,
    z.object({ open: Quantity, at: Timestamp.nullable(), now: z.boolean().nullable() }),
    sql`select count(*) as open, min(not_before) as at, bool_or(not_before is null) as now
        from action_ledger
        where proposal_id = ${proposal} and state in ('pending', 'sent', 'unknown') and settled_at is null`,
  );
  if (row.open === 0) return null;
  return { at: row.now === true ? null : row.at };
}

/** How many accounts are in each state. */
export async function readTally(db: Database, proposal: number): Promise<Tally> {
  const rows = await many(
    db,
    z.object({ state: z.enum(['proposed', ...TALLY_STATES]), accounts: Quantity }),
    sql`select state, count(*) as accounts from action_ledger where proposal_id = ${proposal} group by state`,
  );
  const tally: Tally = { pending: 0, sent: 0, unknown: 0, done: 0, failed: 0, dry_run: 0 };
  for (const { state, accounts } of rows) if (state !== 'proposed') tally[state] = accounts;
  return tally;
}

const Failure = z.object({ reason: z.string(), accounts: Quantity, example: z.string() });

/** Why accounts failed or have no outcome, the commonest first. */
export function readFailures(db: Database, proposal: number): Promise<ActionFailure[]> {
  return many(
    db,
    Failure,
    sql`
      select coalesce(reason, 'no reason given') as reason, count(*) as accounts, min(account_id) as example
      from action_ledger where proposal_id = ${proposal} and state in ('failed', 'unknown') and settled_at is not null
      group by 1 order by 2 desc, 1 limit 10`,
  );
}

/** Accounts of a campaign that Retort acted upon and may take that back from: the newest word on each is not `restore`. */
export function readRestorable(db: Database, campaign: number, since: number): Promise<ListedAccount[]> {
  return many(
    db,
    Listed,
    sql`
      select account_key, account_id from (
        select distinct on (l.account_key) l.account_key, l.account_id, l.settled_at, p.action, p.campaign_id
        from action_ledger l join proposal p using (proposal_id)
        where l.account_key in (select account_key from action_ledger join proposal using (proposal_id)
            where campaign_id = ${campaign})
          and l.state in ('done', 'unknown') and l.settled_at is not null
        order by l.account_key, l.settled_at desc, l.proposal_id desc
      ) newest
      where campaign_id = ${campaign} and action <> 'restore' and settled_at >= ${new Date(since)}
        and not exists (select from action_ledger o
          where o.account_key = newest.account_key and o.state in ('pending', 'sent', 'unknown') and o.settled_at is null)`,
  );
}

/** How many accounts of a campaign are suspended or banned by Retort's own doing at present. */
export async function countStopped(db: Database, campaign: number): Promise<number> {
  const row = await one(
    db,
    z.object({ accounts: Quantity }),
    sql`
      select count(*) as accounts from (
        select distinct on (l.account_key) p.action, p.campaign_id
        from action_ledger l join proposal p using (proposal_id)
        where l.state = 'done' and l.account_key in (select account_key from action_ledger join proposal
          using (proposal_id) where campaign_id = ${campaign})
        order by l.account_key, l.settled_at desc, l.proposal_id desc
      ) newest where campaign_id = ${campaign} and action in ('suspend', 'ban')`,
  );
  return row.accounts;
}
