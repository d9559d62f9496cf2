import type pg from 'pg';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import type { DetectionDesk } from '../campaigns/detection-desk.ts';
import type { DossierDesk } from '../campaigns/dossier-desk.ts';
import { createCampaignStore } from '../db/campaign-store.ts';
import type { Log } from '../log.ts';
import { errorMessage } from '../slack/blocks/error.ts';
import { unknownVerb, wrongUse } from '../slack/blocks/help.ts';
import { forbidden, outdatedControl } from '../slack/blocks/refusal.ts';
import { readControl } from '../slack/control-id.ts';
import { reportIncident } from '../slack/incident.ts';
import type { Answer, Interactions } from '../slack/interactions.ts';
import type { Role, Roles } from '../slack/roles.ts';
import { nearest } from '../slack/nearest.ts';
import type { CommandContext, Prepared, Verb } from './verb.ts';

export interface RouterOptions {
  verbs: readonly Verb[];
  pool: pg.Pool;
  detections: DetectionDesk;
  dossiers: DossierDesk;
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
  const { verbs, pool, detections, dossiers, roles, now, log, wake } = options;
  const store = createCampaignStore(pool);

  async function refuse(user: string, role: Role, what: string): Promise<Answer | undefined> {
    const permission = await roles.may(user, role);
    if (permission.ok) return undefined;
    log.info({ user, what, reason: permission.reason }, 'refused');
    return { message: forbidden(role, permission.reason) };
  }

  async function perform(user: string, role: Role, what: string, prepared: () => Prepared | Answer): Promise<Answer> {
    try {
      const refusal = await refuse(user, role, what);
      if (refusal !== undefined) return refusal;
      const ready = prepared();
      if ('message' in ready) return ready;
      const more = ready.ok && ready.role !== undefined ? await refuse(user, ready.role, what) : undefined;
      if (more !== undefined) return more;
      if (!ready.ok) return { message: outdatedControl() };
      const context: CommandContext = { actor: user, now: now(), pool, store, detections, dossiers, verbs };
      const answer = await ready.run(context);
      wake();
      return answer;
    } catch (fault) {
      const incident = reportIncident(log, fault, { user, what });
      return { message: errorMessage(incident, now()) };
    }
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

    press({ user, clicked }) {
      const { control: id, value } = readControl(clicked);
      const [verbName = '', controlName = ''] = id.split('.');
      const controls = verbs.find((verb) => verb.name === verbName)?.controls ?? {};
      const control = Object.hasOwn(controls, controlName) ? controls[controlName] : undefined;
      if (control === undefined) {
        log.warn({ user, control: id }, 'a control that no verb owns was pressed');
        return Promise.resolve({ message: outdatedControl() });
      }
      return perform(user, control.role, id, () => control.prepare(value));
    },
  };
}

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
