import sql from 'sql-template-tag';
import { z } from 'zod';
import { Change, CHANGES } from '../campaigns/change.ts';
import type { Notice } from '../campaigns/notice.ts';
import { appendAudit } from './audit-entry.ts';
import { enqueue } from './outbox.ts';
import { type Database, many, Timestamp } from './query.ts';
import { storable } from './storable.ts';

/** Writes what somebody changed for every campaign: into the audit, and for the channel. */
export async function recordChange(tx: Database, change: Change): Promise<void> {
  const { seq } = await appendAudit(tx, change);
  const payload: Notice = { type: 'changed', change: { ...change, reason: storable(change.reason) } };
  await enqueue(tx, { kind: 'notice', dedupKey: `changed:${seq}`, payload, notBefore: change.at }, change.at);
}

const Row = z.object({
  at: Timestamp,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** What people changed from `from` to before `to`, oldest first; what ended by itself is not among it. */
export async function readChanges(db: Database, { from, to }: { from: number; to: number }): Promise<Change[]> {
  const rows = await many(
    db,
    Row,
    sql`select at, actor, action, subject, reason, detail from audit_entry
        where action = any(${CHANGES}) and actor <> 'retort' and at >= ${new Date(from)} and at < ${new Date(to)}
        order by seq`,
  );
  // One that an older release wrote otherwise must not cost the digest.
  return rows.flatMap((row) => Change.safeParse(row).data ?? []);
}
