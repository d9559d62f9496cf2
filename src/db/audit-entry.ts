import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { canonicalize } from 'json-canonicalize';
import type { AuditAnchor, AuditHead, AuditVerdict, AuditView } from '../campaigns/audit-verdict.ts';
import { type Database, many, maybeOne, Quantity, Timestamp } from './query.ts';
import { storable } from './storable.ts';

/** Something that was done, by whom and why. `at` is epoch milliseconds. */
export interface AuditDraft {
  at: number;
  actor: string;
  /** A noun and a verb: `campaign.acknowledge`. */
  action: string;
  /** What it was done to: `C-12`. */
  subject: string;
  reason: string;
  detail?: Record<string, unknown> | undefined;
}

const AuditRow = z.object({
  seq: Quantity,
  at: Timestamp,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previous_hash: z.instanceof(Buffer),
  hash: z.instanceof(Buffer),
});
type AuditRow = z.output<typeof AuditRow>;

const GENESIS = Buffer.alloc(32);
/** "audit" in ASCII: the transaction lock under which entries get their numbers. */
const LOCK = 0x6175646974;
/** Few enough that whoever else asks is answered between two of them. */
const PAGE = 200;

/** Adds an entry to the chain, in the caller's transaction. Writers wait for each other until it ends. */
export async function appendAudit(tx: Database, draft: AuditDraft): Promise<AuditHead> {
  await tx.query(sql`select pg_advisory_xact_lock(${LOCK})`);
  const last = await maybeOne(
    tx,
    AuditRow.pick({ seq: true, hash: true }),
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: draft.at,
    actor: storable(draft.actor),
    action: draft.action,
    subject: storable(draft.subject),
    reason: storable(draft.reason),
    detail: storableDetail(draft.detail ?? {}),
    previous_hash: last?.hash ?? GENESIS,
  };
  const hash = hashOf(entry);
  await tx.query(
    sql`
      insert into audit_entry (seq, at, actor, action, subject, reason, detail, previous_hash, hash)
      values (${entry.seq}, ${new Date(entry.at)}, ${entry.actor}, ${entry.action}, ${entry.subject}, ${entry.reason},
        ${JSON.stringify(entry.detail)}, ${entry.previous_hash}, ${hash})`,
  );
  return { seq: entry.seq, hash: hash.toString('hex') };
}

/** The chain's newest entry: what a digest publishes as an outside anchor. */
export async function auditHead(db: Database): Promise<AuditHead> {
  const last = await maybeOne(
    db,
    AuditRow.pick({ seq: true, hash: true }),
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  return last === undefined
    ? { seq: 0, hash: GENESIS.toString('hex') }
    : { seq: last.seq, hash: last.hash.toString('hex') };
}

const COLUMNS = sql`seq, at, actor, action, subject, reason, detail, previous_hash, hash`;

/** Every entry as the table has it, oldest first; what does not even look like one is undefined. */
async function* readChain(db: Database): AsyncGenerator<{ seq: number; row: AuditRow | undefined }> {
  // No bound at first: an entry before the first is one too many.
  let after: number | undefined;
  for (;;) {
    const bound = after === undefined ? sql`` : sql`where seq > ${after}`;
    const { rows } = await db.query<Record<string, unknown>>(
      sql`select ${COLUMNS} from audit_entry ${bound} order by seq limit ${PAGE}`,
    );
    for (const raw of rows) {
      const row = AuditRow.safeParse(raw);
      after = Number(raw['seq']);
      yield { seq: after, row: row.data };
    }
    if (rows.length < PAGE) return;
  }
}

/**
 * Recomputes the whole chain and stops at the first bad entry. A chain that was cut off, or rewritten as a whole, is
 * whole in itself: only anchors that were kept elsewhere show that.
 */
export async function verifyAudit(db: Database, anchors: readonly AuditAnchor[] = []): Promise<AuditVerdict> {
  const published = new Map(anchors.flatMap(({ seq, hash }) => (seq === undefined ? [] : [[seq, hash] as const])));
  const wanted = new Set(anchors.filter(({ seq }) => seq === undefined).map(({ hash }) => hash));
  let head: { seq: number; hash: Buffer } = { seq: 0, hash: GENESIS };
  for await (const { seq: found, row } of readChain(db)) {
    const seq = head.seq + 1;
    if (found < seq) return { ok: false, seq: found, problem: 'extra' };
    if (found > seq) return { ok: false, seq, problem: 'missing' };
    if (row === undefined || !row.hash.equals(hashOf(row))) return { ok: false, seq, problem: 'edited' };
    if (!row.previous_hash.equals(head.hash)) return { ok: false, seq, problem: 'reordered' };
    const hash = row.hash.toString('hex');
    if ((published.get(seq) ?? hash) !== hash) return { ok: false, seq, problem: 'rewritten' };
    wanted.delete(hash);
    head = row;
  }
  const last = Math.max(0, ...published.keys());
  // An entry by its hash alone, which is nowhere: where it stood cannot be said, only that the end is not past it.
  if (last > head.seq || wanted.size > 0) return { ok: false, seq: head.seq + 1, problem: 'truncated' };
  return { ok: true, head: { seq: head.seq, hash: head.hash.toString('hex') } };
}

function hashOf(row: Omit<AuditRow, 'hash'>): Buffer {
  return Buffer.from(hashOfRecord(recordOf(row)), 'hex');
}

/** An entry as it is hashed and handed out: its time is RFC 3339, its hashes are hexadecimal. */
export const AuditRecord = z.object({
  seq: z.number().int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previous_hash: z.string(),
});
export type AuditRecord = z.output<typeof AuditRecord>;

/** SHA-256 of an entry in its canonical form, hexadecimal: what the next entry names as `previous_hash`. */
export function hashOfRecord(record: AuditRecord): string {
  return createHash('sha256').update(canonicalize(record)).digest('hex');
}

/** The newest entries, of one subject or of all. */
export async function listAudit(
  db: Database,
  { subject, limit }: { subject?: string | undefined; limit: number },
): Promise<AuditView[]> {
  const of = subject === undefined ? sql`` : sql`where subject = ${subject}`;
  return many(
    db,
    AuditRow.pick({ seq: true, at: true, actor: true, action: true, subject: true, reason: true }),
    sql`select seq, at, actor, action, subject, reason from audit_entry ${of} order by seq desc limit ${limit}`,
  );
}

/** Every entry as a line of canonical JSON with its hash: what can be kept elsewhere, and verified by others. */
export async function* exportAudit(db: Database): AsyncGenerator<string> {
  for await (const { seq, row } of readChain(db)) {
    if (row === undefined) throw new Error(`entry ${seq} cannot be read; run: retort audit verify`);
    yield canonicalize({ ...recordOf(row), hash: row.hash.toString('hex') });
  }
}

function recordOf({
  seq,
  at,
  actor,
  action,
  subject,
  reason,
  detail,
  previous_hash,
}: Omit<AuditRow, 'hash'>): AuditRecord {
  const previous = previous_hash.toString('hex');
  return { seq, at: new Date(at).toISOString(), actor, action, subject, reason, detail, previous_hash: previous };
}

/** The chain's newest entry that is no later than a time. */
export async function auditHeadAt(db: Database, until: number): Promise<AuditHead> {
  const last = await maybeOne(
    db,
    AuditRow.pick({ seq: true, hash: true }),
    sql`select seq, hash from audit_entry where at <= ${new Date(until)} order by seq desc limit 1`,
  );
  return last === undefined
    ? { seq: 0, hash: GENESIS.toString('hex') }
    : { seq: last.seq, hash: last.hash.toString('hex') };
}

/** Entries about a campaign and those that were merged into it, with their hashes, oldest first. */
export async function readAuditOf(
  db: Database,
  campaign: string,
  until: number,
): Promise<(AuditRecord & { hash: string })[]> {
  const rows = await many(
    db,
    AuditRow,
    sql`
      with named as (
        select ${campaign}::text as subject
        union
        select detail->>'from' from audit_entry where subject = ${campaign} and action = 'campaign.absorb'
      )
      select seq, at, actor, action, subject, reason, detail, previous_hash, hash from audit_entry
      where at <= ${new Date(until)}
        and (subject in (select subject from named) or detail->>'campaign' in (select subject from named))
      order by seq`,
  );
  return rows.map((row) => ({ ...recordOf(row), hash: row.hash.toString('hex') }));
}

/** The hash must see what the table keeps. */
function storableDetail(detail: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(clean(detail))) as Record<string, unknown>;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storable(key), clean(member)]));
}
