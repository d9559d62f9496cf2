import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { readHome } from '../db/home-figures.ts';
import { noteViewer } from '../db/home-viewer.ts';
import { createCampaignStore } from '../db/campaign-store.ts';
import type { Log } from '../log.ts';
import { storable } from '../db/storable.ts';
import { errorMessage } from '../slack/blocks/error.ts';
import { homeView, noticeHome } from '../slack/blocks/home.ts';
import { unknownVerb, wrongUse } from '../slack/blocks/help.ts';
import { forbidden, outdatedControl } from '../slack/blocks/refusal.ts';
import { readControl } from '../slack/control-id.ts';
import { headStart } from '../slack/head-start.ts';
import type { FieldValues } from '../slack/form-state.ts';
import { reportIncident } from '../slack/incident.ts';
import type { Answer, FormAnswer, Interactions } from '../slack/interactions.ts';
import type { Role } from '../slack/roles.ts';
import { nearest } from '../slack/nearest.ts';
import { splitWords } from './split-words.ts';
import type { CommandContext, Prepared, Surroundings, Verb } from './verb.ts';

export interface RouterOptions extends Surroundings {
  verbs: readonly Verb[];
  now: () => number;
  log: Log;
  /** Called after a verb ran, so that the outbox is looked at at once; no more than a hint. */
  wake: () => void;
  /** How long a verb that may take long has before the person is told that it is under way. */
  headStartMs?: number;
}

/** An answer at this time is one at once. */
const HEAD_START_MS = 60;

/**
 * From what a person typed or pressed to what they are told: finds the verb, checks the role, reads the arguments,
 * runs it, and answers a fault with an incident id. Never throws.
 */
export function createRouter(options: RouterOptions): Interactions {
  const { verbs, now, log, wake, headStartMs = HEAD_START_MS, ...around } = options;
  const { roles } = around;
  const store = createCampaignStore(around.pool);

  async function refuse(user: string, role: Role, what: string): Promise<Answer | undefined> {
    const permission = await roles.may(user, role);
    if (permission.ok) return undefined;
    log.info({ user, what, reason: permission.reason }, 'refused');
    return { message: forbidden(role, permission.reason) };
  }

  async function perform<A extends FormAnswer>(
    user: string,
    role: Role,
    what: string,
    prepared: () => Ready<A>,
  ): Promise<A | Answer> {
    const guarded = <T>(work: () => Promise<T>): Promise<T | Answer> =>
      work().catch((fault: unknown) => {
        const incident = reportIncident(log, fault, { user, what });
        return { message: errorMessage(incident, now()) };
      });
    return guarded(async () => {
      const refusal = await refuse(user, role, what);
      if (refusal !== undefined) return refusal;
      const ready = prepared();
      if (!('run' in ready)) return ready;
      const more = ready.role === undefined ? undefined : await refuse(user, ready.role, what);
      if (more !== undefined) return more;
      const { run, hold = (work: Promise<A | Answer>) => work } = ready;
      return hold(
        guarded(async () => {
          const answer = await run({ ...around, actor: user, now: now(), store, verbs });
          wake();
          return answer;
        }),
      );
    });
  }

  /** What may take longer than a moment, with the word that it is under way. */
  function inTime(prepared: Extract<Prepared, { ok: true }>): Ready<Answer> {
    const { atWork } = prepared;
    return atWork === undefined
      ? prepared
      : { ...prepared, hold: (work) => headStart(work, headStartMs, () => atWork) };
  }

  /** What a control or form of a verb is called, `<verb>.<name>`, to what it is. */
  function find<Part>(id: string, partsOf: (verb: Verb) => Readonly<Record<string, Part>>): Part | undefined {
    const [verbName = '', name = ''] = id.split('.');
    const verb = verbs.find((each) => each.name === verbName);
    const parts = verb === undefined ? {} : partsOf(verb);
    if (Object.hasOwn(parts, name)) return parts[name];
    log.warn({ id }, 'a control or form that no verb owns was used');
    return undefined;
  }

  return {
    command({ user, text }) {
      const { verb, typed, words } = findVerb(verbs, storable(text));
      if (verb === undefined) {
        const meant = nearest(
          typed,
          verbs.map((each) => each.name),
        );
        const suggestion = verbs.find((each) => each.name === meant);
        return perform(user, 'reader', 'unknown', () => ({ message: unknownVerb(typed, suggestion) }));
      }
      return perform(user, verb.role, verb.name, () => {
        const prepared = verb.prepare(words);
        if (prepared.ok) return inTime(prepared);
        return { message: wrongUse(prepared.usage ?? verb.usage, prepared.problem) };
      });
    },

    async press({ user, clicked }) {
      const { control: id, value } = readControl(clicked);
      const control = find(id, (verb) => verb.controls);
      if (control === undefined) return OUTDATED;
      return perform(user, control.role, id, () => {
        const ready = control.prepare(storable(value));
        return ready.ok ? inTime(ready) : OUTDATED;
      });
    },

    async home({ user }) {
      try {
        const permission = await roles.may(user, 'reader');
        if (!permission.ok) return noticeHome(forbidden('reader', permission.reason));
        const at = now();
        const isApprover = (await roles.may(user, 'approver')).ok;
        const view = homeView(await readHome(around.pool, { user, isApprover, now: at }), at);
        await noteViewer(around.pool, user, at);
        return view;
      } catch (fault) {
        return noticeHome(errorMessage(reportIncident(log, fault, { user, what: 'home' }), now()));
      }
    },

    async submit({ user, form: id, value, fields }) {
      const form = find(id, (verb) => verb.forms ?? {});
      if (form === undefined) return OUTDATED;
      return perform<FormAnswer>(user, form.role, id, () => {
        const ready = form.prepare(storable(value), storableFields(fields));
        if (ready.ok) return ready;
        return 'errors' in ready ? { errors: ready.errors } : OUTDATED;
      });
    },
  };
}

function storableFields(fields: FieldValues): FieldValues {
  const clean = (value: string | string[]) => (typeof value === 'string' ? storable(value) : value.map(storable));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, clean(value)]));
}

const OUTDATED: Answer = { message: outdatedControl() };

/** What is to be run, or what is to be said at once. */
type Ready<A extends FormAnswer> =
  | {
      role?: Role;
      run: (context: CommandContext) => Promise<A>;
      /** What is told of the work in the meantime. */
      hold?: (work: Promise<A | Answer>) => Promise<A | Answer>;
    }
  | A
  | Answer;

/** The verb that the text begins with; nothing typed asks for help, a campaign's id alone to show it. */
function findVerb(verbs: readonly Verb[], text: string): { verb?: Verb | undefined; typed: string; words: string[] } {
  const all = splitWords(unescape(text));
  const [first = 'help', ...rest] = all;
  const byName = (name: string) => verbs.find((verb) => verb.name === name);
  if (/^c-?\d/i.test(first) && parseCampaignId(first) !== undefined) {
    return { verb: byName('show'), typed: first, words: all };
  }
  return { verb: byName(first.toLowerCase()), typed: first, words: rest };
}

/** Slack escapes these three in what people type, and nothing else. */
function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
