import { raw } from 'sql-template-tag';
import type pg from 'pg';
import type { Hit } from '../campaigns/hit.ts';
import { type Database, execute, transaction, within } from '../db/query.ts';
import type { Detection, Window } from './detection.ts';

interface RunOptions {
  params?: unknown;
  timeoutMs: number;
}

/** Runs one detection, read-only and with a time limit. Throws what the database or a row's schema says. */
export function runDetection(
  pool: pg.Pool,
  detection: Detection,
  window: Window,
  { params = {}, timeoutMs }: RunOptions,
): Promise<Hit[]> {
  // In one go: a look has fifteen of these, and where little happens each round trip counts.
  const begin = `begin read only; ${settingsOf(timeoutMs)}`;
  return transaction(pool, (tx) => find(tx, detection, window, { params, timeoutMs }), begin);
}

/** The same within a transaction of the caller's, which keeps the settings. */
export async function askDetection(
  tx: Database,
  detection: Detection,
  window: Window,
  { params = {}, timeoutMs }: RunOptions,
): Promise<Hit[]> {
  await execute(tx, raw(settingsOf(timeoutMs)));
  return find(tx, detection, window, { params, timeoutMs });
}

/** A common table expression has no statistics, and a nested loop over two of them is quadratic. */
const settingsOf = (timeoutMs: number): string =>
  `set local statement_timeout = ${Math.trunc(timeoutMs)}; set local enable_nestloop = off`;

async function find(
  tx: Database,
  detection: Detection,
  window: Window,
  { params, timeoutMs }: RunOptions,
): Promise<Hit[]> {
  const { rows } = await tx.query(within(timeoutMs, detection.build(params, window)));
  return detection.interpret(rows, params);
}
