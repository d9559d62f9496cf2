import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Database, maybeOne, Timestamp, transaction } from './query.ts';
import { recordChange } from './record-change.ts';

const Row = z
  .object({ frozen_by: z.string(), frozen_at: Timestamp, reason: z.string() })
  .transform((row) => ({ by: row.frozen_by, at: row.frozen_at, reason: row.reason }));
/** Who froze all enforcement, when and why. */
export type Freeze = z.output<typeof Row>;

type By = { actor: string; now: number; reason: string };

/** "act" in ASCII: under it approvals see each other's spend, and a freeze that was told is one that holds. */
const LOCK = 0x616374;

/** Held to the end of the transaction by whoever approves, freezes or lifts a freeze. */
export async function lockActions(tx: Database): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(${LOCK})`);
}

export function readFreeze(db: Database): Promise<Freeze | undefined> {
  return maybeOne(db, Row, sql`select frozen_by, frozen_at, reason from action_freeze where lifted_at is null`);
}

/** Stops all enforcement; the freeze that stands where there is one. */
export function freezeActions(
  pool: pg.Pool,
  { actor, now, reason }: By,
): Promise<{ ok: true } | { ok: false; reason: 'already'; freeze: Freeze }> {
  return transaction(pool, async (tx) => {
    await lockActions(tx);
    const freeze = await readFreeze(tx);
    if (freeze !== undefined) return { ok: false, reason: 'already', freeze };
    await tx.query(
      sql`insert into action_freeze (frozen_by, frozen_at, reason) values (${actor}, ${new Date(now)}, ${reason})`,
    );
    await recordChange(tx, { at: now, actor, action: 'enforcement.freeze', subject: 'enforcement', reason });
    return { ok: true };
  });
}

export function liftFreeze(
  pool: pg.Pool,
  { actor, now, reason }: By,
): Promise<{ ok: true; freeze: Freeze } | { ok: false; reason: 'not_frozen' }> {
  return transaction(pool, async (tx) => {
    await lockActions(tx);
    const freeze = await readFreeze(tx);
    if (freeze === undefined) return { ok: false, reason: 'not_frozen' };
    await tx.query(
      sql`update action_freeze set lifted_by = ${actor}, lifted_at = ${new Date(now)}, lifted_reason = ${reason}
          where lifted_at is null`,
    );
    const detail = { frozenBy: freeze.by, frozenAt: new Date(freeze.at).toISOString() };
    await recordChange(tx, { at: now, actor, action: 'enforcement.unfreeze', subject: 'enforcement', reason, detail });
    return { ok: true, freeze };
  });
}
