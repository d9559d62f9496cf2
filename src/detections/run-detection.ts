import { raw } from 'sql-template-tag';
import type pg from 'pg';
import type { Hit } from '../campaigns/hit.ts';
import { type Database, execute, transaction, within } from '../db/query.ts';
import type { Detection, Window } from './detection.ts';

/** Of one detection's query: the longest of ours takes some eight seconds of 37,000 active accounts, and grows with them. */
export const TIMEOUT_MS = 300_000;

interface RunOptions {
  params?: unknown;
  timeoutMs: number;
}

/** Runs one detection, read-only and with a time limit. Throws what the database or a row's schema says. */
export function runDetection(pool: pg.Pool, detection: Detection, window: Window, options: RunOptions): Promise<Hit[]> {
  return runDetections(pool, options, (ask) => ask(detection, window));
}

/**
 * The same of several, one after the other in one transaction, since where little happens a look is mostly round trips.
 * What one of them throws ends them all.
 */
export function runDetections<T>(
  pool: pg.Pool,
  { params = {}, timeoutMs }: RunOptions,
  work: (ask: (detection: Detection, window: Window) => Promise<Hit[]>) => Promise<T>,
): Promise<T> {
  const begin = `begin read only; ${settingsOf(timeoutMs)}`;
  return transaction(pool, (tx) => work((...asked) => find(tx, ...asked, { params, timeoutMs })), begin);
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
