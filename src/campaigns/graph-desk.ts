type GraphOutcome =
  | { ok: true }
  | { ok: false; reason: 'not_found' | 'no_thread' | 'no_ties' }
  /** Slack would not take it; what is said is for a person. */
  | { ok: false; reason: 'refused'; says: string }
  /** Slack did not say whether it arrived. */
  | { ok: false; reason: 'unknown' };

/** Pictures of campaigns for people in Slack. */
export interface GraphDesk {
  /** Draws a campaign's accounts and what ties them, and puts the picture into its thread. */
  post(number: number): Promise<GraphOutcome>;
}
