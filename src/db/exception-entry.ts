import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { type Exception, EXCEPTION_KINDS } from '../campaigns/exception.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { appendAudit } from './audit-entry.ts';
import { type Database, Key, many, maybeOne, one, Quantity, Timestamp, transaction } from './query.ts';
import { recordChange } from './record-change.ts';

const Row = z
  .object({
    exception_id: z.number(),
    kind: z.enum(EXCEPTION_KINDS),
    subject: z.string(),
    owner: z.string(),
    reason: z.string(),
    added_by: z.string(),
    added_at: Timestamp,
    ends_at: Timestamp,
    ended_by: z.string().nullable(),
    ended_at: Timestamp.nullable(),
    state: z.enum(['present', 'ended', 'expired']),
  })
  .transform(
    (row): Exception => ({
      number: row.exception_id,
      kind: row.kind,
      subject: row.subject,
      owner: row.owner,
      reason: row.reason,
      addedBy: row.added_by,
      addedAt: row.added_at,
      endsAt: row.ends_at,
      state: row.state,
      endedBy: row.ended_by,
      endedAt: row.ended_at,
    }),
  );

const columns = (now: number): Sql => sql`exception_id, kind, subject, owner, reason, added_by, added_at, ends_at,
  ended_by, ended_at, case when ended_at < ends_at then 'ended' when ends_at <= ${new Date(now)} then 'expired'
    else 'present' end as state`;

/** Who ends entries whose time has come. */
const RETORT = 'retort';

/** "except" in ASCII. */
const LOCK = 0x657863657074;

type Draft = Pick<Exception, 'kind' | 'subject' | 'owner' | 'reason' | 'endsAt'>;
type By = { actor: string; now: number };

/** Adds an entry with its audit entry; the one that stands already where there is one for the same subject. */
export function addException(
  pool: pg.Pool,
  draft: Draft,
  { actor, now }: By,
): Promise<{ ok: true; exception: Exception } | { ok: false; reason: 'already'; exception: Exception }> {
  return transaction(pool, async (tx) => {
    // One at a time: the loser of two would take a number that no entry has.
    await tx.query(sql`select pg_advisory_xact_lock(${LOCK})`);
    // What has expired by now must not stand in the way.
    await endExpired(tx, now);
    const known = await maybeOne(
      tx,
      Row,
      sql`select ${columns(now)} from exception_entry
          where kind = ${draft.kind} and subject = ${draft.subject} and ended_at is null`,
    );
    if (known !== undefined) return { ok: false, reason: 'already', exception: known };
    const added = await one(
      tx,
      Row,
      sql`
        insert into exception_entry (kind, subject, owner, reason, added_by, added_at, ends_at)
        values (${draft.kind}, ${draft.subject}, ${draft.owner}, ${draft.reason}, ${actor}, ${new Date(now)},
          ${new Date(draft.endsAt)})
        returning ${columns(now)}`,
    );
    await recordChange(tx, entryOf('exception.add', added, { actor, now, reason: draft.reason }));
    return { ok: true, exception: added };
  });
}

/** Ends an entry before its time. */
export function endException(
  pool: pg.Pool,
  number: number,
  { actor, now, reason }: By & { reason: string },
): Promise<
  | { ok: true; exception: Exception }
  | { ok: false; reason: 'not_found' }
  | { ok: false; reason: 'ended'; exception: Exception }
> {
  return transaction(pool, async (tx) => {
    await endExpired(tx, now);
    const known = await maybeOne(
      tx,
      Row,
      sql`select ${columns(now)} from exception_entry where exception_id = ${number} for update`,
    );
    if (known === undefined) return { ok: false, reason: 'not_found' };
    if (known.endedAt !== null) return { ok: false, reason: 'ended', exception: known };
    const exception = await one(
      tx,
      Row,
      sql`
        update exception_entry set ended_by = ${actor}, ended_at = ${new Date(now)} where exception_id = ${number}
        returning ${columns(now)}`,
    );
    await recordChange(tx, entryOf('exception.end', exception, { actor, now, reason }));
    return { ok: true, exception };
  });
}

/** Notes the end of entries whose time has come, each with an audit entry; returns how many. */
export async function endExpired(tx: Database, now: number): Promise<number> {
  const expired = await many(
    tx,
    Row,
    sql`
      update exception_entry set ended_by = ${RETORT}, ended_at = ends_at
      where ended_at is null and ends_at <= ${new Date(now)}
      returning ${columns(now)}`,
  );
  for (const exception of expired.toSorted((a, b) => a.number - b.number)) {
    // Its end was told when it was added.
    await appendAudit(tx, entryOf('exception.end', exception, { actor: RETORT, now, reason: 'expired' }));
  }
  return expired.length;
}

function entryOf(
  action: 'exception.add' | 'exception.end',
  { number, kind, subject, owner, endsAt }: Exception,
  { actor, now, reason }: By & { reason: string },
) {
  const detail = { kind, subject, owner, until: new Date(endsAt).toISOString() };
  return { at: now, actor, action, subject: `E-${number}`, reason, detail };
}

/** A page of entries: those that hold first, then the newest that have ended. */
export async function listExceptions(
  db: Database,
  now: number,
  { limit }: { limit: number },
): Promise<{ exceptions: Exception[]; total: number }> {
  const exceptions = await many(
    db,
    Row,
    sql`
      select ${columns(now)} from exception_entry
      order by ended_at is not null or ends_at <= ${new Date(now)}, coalesce(ended_at, ends_at) desc, exception_id
      limit ${limit}`,
  );
  const { total } = await one(db, z.object({ total: Quantity }), sql`select count(*) as total from exception_entry`);
  return { exceptions, total };
}

const present = (now: number): Sql =>
  sql`ended_at is null and added_at <= ${new Date(now)} and ends_at > ${new Date(now)}`;

/** The traits that are known to be good now. */
export async function readExceptedTraits(db: Database, now: number): Promise<Set<string>> {
  const rows = await many(
    db,
    z.object({ subject: z.string() }),
    sql`select subject from exception_entry where kind = 'trait' and ${present(now)}`,
  );
  return new Set(rows.map((row) => row.subject));
}

/** The accounts that are known to be good now, by themselves or by their organisation. */
export async function readExceptedAccounts(db: Database, now: number): Promise<Set<AccountKey>> {
  const rows = await many(
    db,
    z.object({ account_key: Key }),
    sql`
      select a.account_key from account a join exception_entry e on e.kind = 'account' and e.subject = a.account_id
      where ${present(now)}
      union
      select a.account_key from account a join exception_entry e on e.kind = 'organization' and e.subject = a.organization_id
      where ${present(now)}`,
  );
  return new Set(rows.map((row) => row.account_key));
}

/** How many accounts an exception of this kind and subject leaves out; traits are only known from hits. */
export async function countSubject(db: Database, kind: 'account' | 'organization', subject: string): Promise<number> {
  const column = kind === 'account' ? sql`account_id` : sql`organization_id`;
  const row = await one(
    db,
    z.object({ accounts: Quantity }),
    sql`select count(*) as accounts from account where ${column} = ${subject}`,
  );
  return row.accounts;
}
