import type { FileRefusal } from './file-refusal.ts';

type GraphOutcome = { ok: true } | { ok: false; reason: 'no_ties' } | FileRefusal;

/** Pictures of campaigns for people in Slack. */
export interface GraphDesk {
  /** Draws a campaign's accounts and what ties them, and puts the picture into its thread. */
  post(number: number): Promise<GraphOutcome>;
}
