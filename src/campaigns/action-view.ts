import type { Action } from './action.ts';
import type { Caps, Spend } from './caps.ts';
import type { Blocked } from './judge-proposal.ts';
import type { Proposal, Tally } from './proposal.ts';
import type { AccountFigures, Selection } from './select-accounts.ts';

/** Why accounts failed or have no outcome. */
export interface ActionFailure {
  reason: string;
  accounts: number;
  /** The id of one of them. */
  example: string;
}

/** An action as its message shows it. */
export interface ActionView {
  proposal: Proposal;
  tally: Tally;
  /** The commonest first. */
  failures: readonly ActionFailure[];
  /** What keeps it from going on. */
  blocked: Blocked | null;
}

/** What an action would come to, as a person is shown it before they propose it. */
export interface ActionPreview {
  /** `C-12` */
  campaign: string;
  action: Action;
  scope: Proposal['scope'];
  accounts: number;
  digest: string;
  leftOut: Selection['leftOut'];
  /** Undefined for restoring. */
  figures: AccountFigures | undefined;
  spent: Spend;
  caps: Caps;
  approvalsNeeded: number;
  live: boolean;
  undoWindowMs: number;
}
