import type { LogLevel } from './config.ts';
import type { BacktestRequest } from './jobs/detector.ts';
import type { DetectionObserver } from './jobs/gather-hits.ts';

// What the bot and the process of its detections say to each other, as JSON.

/** First of all, what the process works with; with a password, so not by its environment. */
export interface BeginWord {
  databaseUrl: string;
  detectionsDir: string | undefined;
  logLevel: LogLevel;
}

export type Question = { id: number } & ({ look: { now: number } } | { backtest: BacktestRequest });

export type DetectorWord =
  | { id: number; result: unknown }
  | { id: number; error: string }
  | { observed: Parameters<DetectionObserver>[0] };
