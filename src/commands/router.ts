import type pg from 'pg';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import { createCampaignStore } from '../db/campaign-store.ts';
import type { ProposalStore } from '../db/proposal-store.ts';
import type { Log } from '../log.ts';
import { errorMessage } from '../slack/blocks/error.ts';
import { unknownVerb, wrongUse } from '../slack/blocks/help.ts';
import { forbidden, outdatedControl } from '../slack/blocks/refusal.ts';
import { readControl } from '../slack/control-id.ts';
import { reportIncident } from '../slack/incident.ts';
import type { Answer, FormAnswer, Interactions } from '../slack/interactions.ts';
import type { Role, Roles } from '../slack/roles.ts';
import { nearest } from '../slack/nearest.ts';
import type { CommandContext, Verb } from './verb.ts';

export interface RouterOptions {
  verbs: readonly Verb[];
  pool: pg.Pool;
  detections: DetectionDesk;
  actions: ProposalStore;
  roles: Roles;
  now: () => number;
  log: Log;
  /** Called after a verb ran, so that the outbox is looked at at once; no more than a hint. */
  wake: () => void;
}

/**
 * From what a person typed or pressed to what they are told: finds the verb, checks the role, reads the arguments,
 * runs it, and answers a fault with an incident id. Never throws.
 */
export function createRouter(options: RouterOptions): Interactions {
  const { verbs, pool, detections, actions, roles, now, log, wake } = options;
  const store = createCampaignStore(pool);

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
    try {
      const refusal = await refuse(user, role, what);
      if (refusal !== undefined) return refusal;
      const ready = prepared();
      if (!('run' in ready)) return ready;
      const more = ready.role === undefined ? undefined : await refuse(user, ready.role, what);
      if (more !== undefined) return more;
      const answer = await ready.run({ actor: user, now: now(), pool, store, actions, detections, verbs });
      wake();
      return answer;
    } catch (fault) {
      const incident = reportIncident(log, fault, { user, what });
      return { message: errorMessage(incident, now()) };
    }
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
      const { verb, typed, words } = findVerb(verbs, text);
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
        return prepared.ok ? prepared : { message: wrongUse(prepared.usage ?? verb.usage, prepared.problem) };
      });
    },

    async press({ user, clicked }) {
      const { control: id, value } = readControl(clicked);
      const control = find(id, (verb) => verb.controls);
      if (control === undefined) return OUTDATED;
      return perform(user, control.role, id, () => {
        const ready = control.prepare(value);
        return ready.ok ? ready : OUTDATED;
      });
    },

    async submit({ user, form: id, value, fields }) {
      const form = find(id, (verb) => verb.forms ?? {});
      if (form === undefined) return OUTDATED;
      return perform<FormAnswer>(user, form.role, id, () => {
        const ready = form.prepare(value, fields);
        if (ready.ok) return ready;
        return 'errors' in ready ? { errors: ready.errors } : OUTDATED;
      });
    },
  };
}

const OUTDATED: Answer = { message: outdatedControl() };

/** What is to be run, or what is to be said at once. */
type Ready<A extends FormAnswer> = { role?: Role; run: (context: CommandContext) => Promise<A> } | A | Answer;

/** The verb that the text begins with; nothing typed asks for help, a campaign's id alone to show it. */
function findVerb(verbs: readonly Verb[], text: string): { verb?: Verb | undefined; typed: string; words: string[] } {
  const all = unescape(text)
    .split(/\s+/)
    .filter((word) => word !== '');
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
