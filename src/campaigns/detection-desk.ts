import type { Backtest } from './backtest.ts';
import type { Family } from './campaign.ts';
import type { DetectionState } from './detection-state.ts';

/** A detection as people are told of it. */
export interface DetectionWords {
  id: string;
  family: Family;
  title: string;
  /** Its state where nobody switched it. */
  initial: DetectionState;
  /** From the operator's folder. */
  own: boolean;
}

/** A file of the operator's that cannot be loaded, and whether its last good version goes on. */
export interface LoadProblem {
  file: string;
  field?: string;
  what: string;
  kept: boolean;
}

/** A detection as somebody checks it: what it means, and the very query that is run. */
export interface DetectionQuery {
  id: string;
  title: string;
  looksFor: string;
  benignCauses: readonly string[];
  knownGaps: readonly string[];
  runbook: string;
  sql: string;
  /** What `$1`, `$2`, … stand for. */
  values: readonly unknown[];
  /** Its parameters, by name. */
  params: Readonly<Record<string, unknown>>;
  /** End of the window that it looks at now, epoch milliseconds. */
  windowEnd: number;
}

export type TestOutcome =
  | { ok: true; backtest: Backtest }
  | { ok: false; reason: 'unknown' | 'busy' }
  | { ok: false; reason: 'refused'; says: string };

/** What people can ask of the detections, as this process has them loaded. */
export interface DetectionDesk {
  list(): Promise<{ detections: DetectionWords[]; problems: LoadProblem[] }>;
  /** What these detections mean, and how they ask the database; one that is not loaded any more is left out. */
  explain(ids: readonly string[], now: number): Promise<DetectionQuery[]>;
  /** Runs one over history, or over the present window alone where no days are given; one at a time. Writes nothing. */
  test(id: string, span: { days?: number; now: number }): Promise<TestOutcome>;
}
