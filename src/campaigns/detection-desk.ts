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

type TestOutcome =
  | { ok: true; backtest: Backtest }
  | { ok: false; reason: 'unknown' | 'busy' }
  | { ok: false; reason: 'refused'; says: string };

/** What people can ask of the detections, as this process has them loaded. */
export interface DetectionDesk {
  list(): Promise<{ detections: DetectionWords[]; problems: LoadProblem[] }>;
  /** Runs one over history, or over the present window alone where no days are given; one at a time. Writes nothing. */
  test(id: string, span: { days?: number; now: number }): Promise<TestOutcome>;
}
