import type pg from 'pg';
import { type Backtest, gatherFindings, MOST_WINDOWS, type Step, STEPS, windowEnds } from '../campaigns/backtest.ts';
import type { Hit } from '../campaigns/hit.ts';
import { readBacktestFigures } from '../db/backtest-figures.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import { runDetection, TIMEOUT_MS } from '../detections/run-detection.ts';
import { scrub } from '../log.ts';
import { MINUTE_MS } from '../time-units.ts';

export interface BacktestOptions {
  pool: pg.Pool;
  detection: Detection;
  /** Over the detection's defaults. */
  params?: Record<string, unknown> | undefined;
  /** Epoch milliseconds: from the first to before the second; without them, the last week that the watermark has closed. */
  from?: number | undefined;
  to?: number | undefined;
  step?: Step;
  now: number;
  /** Of one window's query. */
  timeoutMs?: number;
  /** Windows that are not begun by then are left out, and counted. */
  budgetMs?: number;
  /** A clock for the budget alone. */
  clock?: () => number;
  signal?: AbortSignal | undefined;
}

export type BacktestOutcome =
  | { ok: true; backtest: Backtest }
  | { ok: false; reason: 'nothing_closed' | 'too_many_windows' | 'days_dropped' | 'wrong_params'; says: string };

const WEEK_MS = 7 * STEPS.day;
const BUDGET_MS = 10 * MINUTE_MS;
const FINDINGS = 20;

/**
 * Runs one detection over history, window by window: the very query, row check and read-only transaction of the detect
 * job, with each window's end. Writes nothing.
 */
export async function backtest(options: BacktestOptions): Promise<BacktestOutcome> {
  const { pool, detection, step = 'day', timeoutMs = TIMEOUT_MS, budgetMs = BUDGET_MS, clock = Date.now } = options;
  const params = detection.params.strict().safeParse(options.params ?? {});
  if (!params.success) {
    const issue = params.error.issues[0];
    const says = `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'do not fit'}`.trim();
    return {
      ok: false,
      reason: 'wrong_params',
      says: `${says}; there are ${Object.keys(detection.params.shape).join(', ')}`,
    };
  }
  const closed = await readWatermark(pool, 'traits');
  const to = Math.min(options.to ?? Infinity, closed === undefined ? -Infinity : closed + 1);
  const from = options.from ?? to - WEEK_MS;
  if (closed === undefined || to <= from) {
    const until =
      closed === undefined ? 'nothing was ingested yet' : `windows are closed up to ${new Date(closed).toISOString()}`;
    return { ok: false, reason: 'nothing_closed', says: `there is no window to look at: ${until}` };
  }
  // Before the list is made: a year typed wrong would fill the memory.
  if ((to - from) / STEPS[step] > MOST_WINDOWS) {
    return {
      ok: false,
      reason: 'too_many_windows',
      says: `more than ${MOST_WINDOWS} windows; take a shorter time, or days`,
    };
  }
  // A window without its roll-ups finds nothing, and would be taken for a detection that does.
  const dropped = await readWatermark(pool, 'dropped_traits');
  if (dropped !== undefined && from - WEEK_MS < dropped) {
    const [until, first] = [dropped, dropped + WEEK_MS].map((at) => new Date(at).toISOString().slice(0, 10));
    const says = `days before ${until} were dropped, and detections look a week back: begin with ${first} or later`;
    return { ok: false, reason: 'days_dropped', says };
  }
  const deadline = clock() + budgetMs;
  const ends = windowEnds(from, to, step);
  const looked: { end: number; hits: Hit[] }[] = [];
  const failed: Backtest['failed'] = [];
  for (const end of ends) {
    options.signal?.throwIfAborted();
    if (clock() > deadline) break;
    try {
      looked.push({ end, hits: await runDetection(pool, detection, { end }, { params: params.data, timeoutMs }) });
    } catch (fault) {
      failed.push({
        windowEnd: end,
        error: scrub(fault instanceof Error ? fault.message : String(fault)).slice(0, 300),
      });
    }
  }
  const findings = gatherFindings(looked);
  const accounts = [...new Set(findings.flatMap(({ keys }) => [...keys]))];
  return {
    ok: true,
    backtest: {
      detection: detection.id,
      role: detection.role,
      params: params.data,
      from,
      to,
      windows: looked.length,
      failed,
      unlooked: ends.length - looked.length - failed.length,
      findings: findings.slice(0, FINDINGS).map(({ keys, ...finding }) => ({ ...finding, accounts: keys.size })),
      traits: findings.length,
      accounts: accounts.length,
      ...(await readBacktestFigures(pool, accounts, options.now)),
    },
  };
}
