import sql, { raw } from 'sql-template-tag';
import type pg from 'pg';
import type { Hit } from '../campaigns/hit.ts';
import { type Database, execute, transaction, within } from '../db/query.ts';
import type { Detection, Window } from './detection.ts';

/** Runs one detection, read-only and with a time limit. Throws what the database or a row's schema says. */
export function runDetection(
  pool: pg.Pool,
  detection: Detection,
  window: Window,
  { params = {}, timeoutMs }: { params?: unknown; timeoutMs: number },
): Promise<Hit[]> {
  return transaction(pool, async (tx) => {
    await execute(tx, sql`set transaction read only`);
    return askDetection(tx, detection, window, { params, timeoutMs });
  });
}

/** The same within a transaction of the caller's, which keeps the settings. */
export async function askDetection(
  tx: Database,
  detection: Detection,
  window: Window,
  { params = {}, timeoutMs }: { params?: unknown; timeoutMs: number },
): Promise<Hit[]> {
  // A common table expression has no statistics, and a nested loop over two of them is quadratic.
  await execute(
    tx,
    sql`set local statement_timeout = ${raw(String(Math.trunc(timeoutMs)))}; set local enable_nestloop = off`,
  );
  const { rows } = await tx.query(within(timeoutMs, detection.build(params, window)));
  return detection.interpret(rows, params);
}
