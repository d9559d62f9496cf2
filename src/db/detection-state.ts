import type pg from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { type DetectionChange, DetectionState } from '../campaigns/detection-state.ts';
import { giveUpGaps } from './detection-gap.ts';
import { forgetRun } from './detection-run.ts';
import { type Database, execute, many, Timestamp, transaction } from './query.ts';
import { recordChange } from './record-change.ts';

const Row = z.object({
  detection_id: z.string(),
  state: DetectionState,
  changed_by: z.string(),
  changed_at: Timestamp,
  reason: z.string(),
});

/** What people decided, by detection; one that nobody touched is not among them. */
export async function readDetectionStates(db: Database): Promise<Map<string, DetectionChange>> {
  const rows = await many(
    db,
    Row,
    sql`select detection_id, state, changed_by, changed_at, reason from detection_state`,
  );
  return new Map(
    rows.map((row) => [
      row.detection_id,
      { state: row.state, by: row.changed_by, at: row.changed_at, reason: row.reason },
    ]),
  );
}

const ACTIONS = { enabled: 'detection.enable', shadow: 'detection.shadow', disabled: 'detection.disable' } as const;

export type ChangeOutcome = { ok: true } | ({ ok: false; reason: 'already' } & { since: DetectionChange | undefined });

/** Switches a detection, with its audit entry in the same transaction. `initial` is its state where nobody touched it. */
export function changeDetectionState(
  pool: pg.Pool,
  detection: string,
  change: DetectionChange,
  initial: DetectionState,
): Promise<ChangeOutcome> {
  return transaction(pool, async (tx) => {
    // Two people may switch one that has no row to lock yet.
    await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`detection ${detection}`}, 0))`);
    const known = (await readDetectionStates(tx)).get(detection);
    const from = known?.state ?? initial;
    if (from === change.state) return { ok: false, reason: 'already', since: known };
    await execute(
      tx,
      sql`
        insert into detection_state (detection_id, state, changed_by, changed_at, reason)
        values (${detection}, ${change.state}, ${change.by}, ${new Date(change.at)}, ${change.reason})
        on conflict (detection_id) do update set state = excluded.state, changed_by = excluded.changed_by,
          changed_at = excluded.changed_at, reason = excluded.reason`,
    );
    // What it did not look at while it was off is no gap: a person wanted that.
    if (change.state === 'disabled') await giveUpGaps(tx, detection, change.at);
    if (from === 'disabled') await forgetRun(tx, detection);
    const { by: actor, at, reason } = change;
    await recordChange(tx, { at, actor, action: ACTIONS[change.state], subject: detection, reason, detail: { from } });
    return { ok: true };
  });
}
