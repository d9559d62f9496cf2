import type { Severity } from './campaign.ts';

/** Who is called when nobody answers, and after how long. */
export interface Rota {
  /** Slack user groups by id or handle: the shift's first, then those that are called after it. Empty: nobody is called. */
  groups: readonly string[];
  /** How long a campaign may wait for an answer, milliseconds; null: for ever. */
  answerWithinMs: Readonly<Record<Severity, number | null>>;
  /** How long an acknowledgement holds before its holder is reminded; null: for ever. */
  holdsMs: Readonly<Record<Severity, number | null>>;
}
