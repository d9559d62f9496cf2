import type pg from 'pg';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import type { DossierDesk } from '../campaigns/dossier-desk.ts';
import type { GraphDesk } from '../campaigns/graph-desk.ts';
import type { Rota } from '../campaigns/rota.ts';
import type { CampaignStore } from '../db/campaign-store.ts';
import type { EscalationStore } from '../db/escalation-store.ts';
import type { ProposalStore } from '../db/proposal-store.ts';
import type { VerbWords } from '../slack/blocks/help.ts';
import type { FieldValues } from '../slack/form-state.ts';
import type { Answer, FormAnswer } from '../slack/interactions.ts';
import type { AtWork } from '../slack/head-start.ts';
import type { Files } from '../slack/files.ts';
import type { Permalink } from '../slack/permalink.ts';
import type { People } from '../slack/people.ts';
import type { Role, Roles } from '../slack/roles.ts';
import type { UserGroups } from '../slack/user-groups.ts';

/** What verbs work with, whoever asks. */
export interface Surroundings {
  pool: pg.Pool;
  actions: ProposalStore;
  escalations: EscalationStore;
  detections: DetectionDesk;
  dossiers: DossierDesk;
  graphs: GraphDesk;
  roles: Roles;
  people: People;
  userGroups: UserGroups;
  files: Files;
  permalink: Permalink;
  rota: Rota;
  /** IANA zone of the digest. */
  timezone: string;
}

/** What a verb works with. `now` is epoch milliseconds. */
export interface CommandContext extends Surroundings {
  /** A Slack user's id. */
  actor: string;
  now: number;
  store: CampaignStore;
  /** The registry, for help. */
  verbs: readonly Verb[];
}

export type Prepared =
  /** `role`: where this needs more than the verb itself; `atWork`: where it may take longer than a moment. */
  | { ok: true; role?: Role; atWork?: AtWork | undefined; run: (context: CommandContext) => Promise<Answer> }
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
