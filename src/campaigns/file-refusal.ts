/** Why a file that a person asked for is not in a campaign's thread. */
export type FileRefusal =
  | { ok: false; reason: 'not_found' | 'no_thread' }
  /** It could not be made, or Slack would not take it; what is said is for a person. */
  | { ok: false; reason: 'refused'; says: string }
  /** Slack did not say whether it arrived. */
  | { ok: false; reason: 'unknown' };
