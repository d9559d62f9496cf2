import type pg from 'pg';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import type { CampaignStore } from '../db/campaign-store.ts';
import type { ProposalStore } from '../db/proposal-store.ts';
import type { VerbWords } from '../slack/blocks/help.ts';
import type { FieldValues } from '../slack/form-state.ts';
import type { Answer, FormAnswer } from '../slack/interactions.ts';
import type { Role } from '../slack/roles.ts';

/** What a verb works with. `now` is epoch milliseconds. */
export interface CommandContext {
  /** A Slack user's id. */
  actor: string;
  now: number;
  pool: pg.Pool;
  store: CampaignStore;
  actions: ProposalStore;
  detections: DetectionDesk;
  /** The registry, for help. */
  verbs: readonly Verb[];
}

export type Prepared =
  /** `role`: where this needs more than the verb itself. */
  | { ok: true; role?: Role; run: (context: CommandContext) => Promise<Answer> }
  /** `usage`: of the part of a verb that was meant. */
  | { ok: false; problem: string; usage?: string };

/** A button or menu entry of a verb. */
export interface Control {
  role: Role;
  /** Reads the element's value; a value that does not fit comes from another version. */
  prepare(value: string): Prepared;
}

export type PreparedForm =
  | { ok: true; run: (context: CommandContext) => Promise<FormAnswer> }
  /** By field: what is wrong with it. */
  | { ok: false; errors: Record<string, string> }
  /** The modal comes from another version. */
  | { ok: false; problem: string };

/** A modal's form of a verb. */
export interface Form {
  role: Role;
  /** Reads what the modal carries and what people filled in. */
  prepare(value: string, fields: FieldValues): PreparedForm;
}

/** One `/campaign` sub-command with the controls and forms that end in the same action. */
export interface Verb extends VerbWords {
  role: Role;
  /** Reads the words after the verb. */
  prepare(words: readonly string[]): Prepared;
  /** By the name after `<verb>.` in a control's id. */
  controls: Readonly<Record<string, Control>>;
  /** By the name after `<verb>.` in a modal's `form`. */
  forms?: Readonly<Record<string, Form>>;
}
