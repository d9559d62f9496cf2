import type pg from 'pg';
import type { TestOutcome } from '../campaigns/detection-desk.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import type { OwnDetections } from '../detections/own-detections.ts';
import type { Log } from '../log.ts';
import { DAY_MS, MINUTE_MS } from '../time-units.ts';
import { backtest } from './backtest.ts';
import { detect, type GroupObserver } from './detect.ts';
import type { DetectionObserver } from './gather-hits.ts';
import { lookReason } from './look-reason.ts';

/** A person waits for it, and Slack takes an answer for half an hour. */
const BUDGET_MS = 5 * MINUTE_MS;

export interface BacktestRequest {
  id: string;
  /** Undefined: the present window alone. */
  days?: number | undefined;
  now: number;
}

/** What runs the detections: in this process (`createDetector`), or in one of its own (`src/fork-detector.ts`). */
export interface Detector {
  /** Looks once, if enough is new; returns what the slot keeps, JSON. */
  look(run: { now: number }): Promise<Record<string, unknown>>;
  /** Runs one detection over history. Writes nothing. */
  backtest(request: BacktestRequest): Promise<Exclude<TestOutcome, { reason: 'busy' }>>;
  /** Ends what is under way where that can be done; whoever waits for it is told. */
  stop(): Promise<void>;
}

export interface DetectorOptions {
  pool: pg.Pool;
  detections: readonly Detection[];
  /** The operator's, looked at again before each run. */
  own?: OwnDetections | undefined;
  log: Log;
  observe?: DetectionObserver | undefined;
  onScored?: GroupObserver | undefined;
}

/** The detections run in this process. */
export function createDetector({ pool, detections, own, log, observe, onScored }: DetectorOptions): Detector {
  async function all() {
    const { detections: owned, problems } = (await own?.refresh()) ?? { detections: [], problems: [] };
    return { detections: [...detections, ...owned], problems };
  }

  return {
    async look({ now }) {
      const { detections: loaded, problems } = await all();
      const reason = await lookReason(pool);
      if (reason === undefined) return { waits: 'little is new', notLoaded: problems };
      const result = await detect({ pool, detections: loaded, now, log, observe, onScored });
      return { ...result, reason, notLoaded: problems };
    },

    async backtest({ id, days, now }) {
      const detection = (await all()).detections.find((each) => each.id === id);
      if (detection === undefined) return { ok: false, reason: 'unknown' };
      const end = (await readWatermark(pool, 'traits')) ?? now;
      const from = days === undefined ? end : end - days * DAY_MS;
      const outcome = await backtest({ pool, detection, from, now, budgetMs: BUDGET_MS });
      return outcome.ok ? outcome : { ok: false, reason: 'refused', says: outcome.says };
    },

    stop: () => Promise.resolve(),
  };
}
