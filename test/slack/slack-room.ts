import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { createRouter } from '../../src/commands/router.ts';
import { VERBS } from '../../src/commands/registry.ts';
import type { Verb } from '../../src/commands/verb.ts';
import { createDossierDesk } from '../../src/dossier-desk.ts';
import { makePackage } from '../../src/dossier-package.ts';
import { graphPicture } from '../../src/evidence/picture/graph-picture.ts';
import { createGraphDesk } from '../../src/graph-desk.ts';
import type { ActionPolicy } from '../../src/campaigns/proposal.ts';
import { createProposalStore } from '../../src/db/proposal-store.ts';
import { createOwnDetections } from '../../src/detections/own-detections.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createEscalationStore, type EscalationPolicy } from '../../src/db/escalation-store.ts';
import { createDetectionDesk } from '../../src/jobs/detection-desk.ts';
import { createDetector } from '../../src/jobs/detector.ts';
import type { Log } from '../../src/log.ts';
import { silentLog } from '../../src/log.ts';
import { createBoltApp } from '../../src/slack/bolt-app.ts';
import type { Rota } from '../../src/campaigns/rota.ts';
import { createFiles } from '../../src/slack/files.ts';
import type { Interactions } from '../../src/slack/interactions.ts';
import { createUserGroups } from '../../src/slack/user-groups.ts';
import { type LimitedKind, limitInteractions } from '../../src/slack/limit-interactions.ts';
import { createPermalink } from '../../src/slack/permalink.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createRateLimiter, PERSON_RATE, type Rate } from '../../src/slack/rate-limit.ts';
import { createRoles, type Roles } from '../../src/slack/roles.ts';
import { createThreadFiles } from '../../src/slack/thread-files.ts';
import { createWebClient } from '../../src/slack/web-client.ts';
import { POLICY } from '../action-world.ts';
import { type DeliveryRoom, deliveryRoom } from '../jobs/delivery-room.ts';

export type Mode = 'http' | 'socket';

export interface SlackRoom extends DeliveryRoom {
  /** Types a command and returns what only this person is told. */
  say: (user: string, text: string) => Promise<string>;
  /** Presses a control of a message in the alert channel, or of the newest private message. */
  press: (user: string, ts: string, action: { action_id: string; [key: string]: unknown }) => Promise<string>;
  /** Types a command, or presses a control, that opens a modal: returns it as the person sees it. */
  open: (
    user: string,
    ask: string | { ts: string; action: { action_id: string; [key: string]: unknown } },
  ) => Promise<View>;
  /** Fills in and submits the person's topmost modal: what stands at its fields, or the words of what it turned into. */
  submit: (
    user: string,
    fields: Record<string, string>,
  ) => Promise<{ errors: Record<string, string> } | { words: string }>;
  /** Address of the app in HTTP mode. */
  address: string | undefined;
  wakes: () => number;
  /** What the Bolt app hands everything on to. */
  interactions: Interactions;
  roles: Roles;
}

/** The shift, then those who approve; a quarter of an hour for anything. */
const ROTA: Rota = {
  groups: ['abuse-oncall', 'S0APPROVERS'],
  answerWithinMs: { critical: 900_000, high: 900_000, medium: 900_000, low: null },
  holdsMs: { critical: 4 * 3_600_000, high: 4 * 3_600_000, medium: null, low: null },
};

export interface SlackRoomOptions {
  rota?: Rota;
  groups?: { responders?: string; approvers?: string; admins?: string };
  verbs?: readonly Verb[];
  /** A folder with the operator's own detections. */
  detectionsDir?: string;
  log?: Log;
  policy?: ActionPolicy;
  /** Who can be reached; unset: nobody. */
  escalation?: EscalationPolicy;
  /** How long anything may take before the person is told so, and what is known to take long; by default for ever. */
  patienceMs?: number;
  headStartMs?: number;
  /** How often one person may ask, on the room's clock. */
  rate?: Rate;
  onRefused?: (kind: LimitedKind) => void;
}

/** No answer depends on how busy the machine is. */
const FOR_EVER_MS = 3_600_000;

type View = ReturnType<DeliveryRoom['sandbox']['control']['views']>[number];

/** The real Bolt app in a sandbox workspace, with a database and an outbox's worker beside it. */
export async function slackRoom(pool: pg.Pool, mode: Mode, options: SlackRoomOptions = {}): Promise<SlackRoom> {
  const room = await deliveryRoom(pool);
  const { sandbox, clock } = room;
  const log = options.log ?? silentLog;
  const { bot: botToken, app: appToken, signingSecret } = sandbox.tokens;
  const common = { botToken, apiUrl: sandbox.apiUrl };
  const client = createWebClient({ ...common, log });
  const people = createPeople({ client, now: clock.now });
  const userGroups = createUserGroups({ client, now: clock.now });
  const roles = createRoles({ people, userGroups, groups: options.groups ?? {}, log });
  const own = createOwnDetections(options.detectionsDir, log);
  const detector = createDetector({ pool, detections: DETECTIONS, own, log });
  const fingerprintKey = 'a key for tests only, thirty-two characters';
  const threadFiles = createThreadFiles(client);
  let wakes = 0;
  const interactions = createRouter({
    verbs: options.verbs ?? VERBS,
    pool,
    actions: createProposalStore(pool, options.policy ?? POLICY),
    escalations: createEscalationStore(
      pool,
      options.escalation ?? { pagerduty: false, webhook: false, legal: undefined },
    ),
    detections: createDetectionDesk({ pool, detections: DETECTIONS, own, detector }),
    dossiers: createDossierDesk({
      pool,
      make: (number) => makePackage({ pool, detections: DETECTIONS, own, fingerprintKey }, number),
      files: threadFiles,
    }),
    graphs: createGraphDesk({ pool, detections: DETECTIONS, own, draw: graphPicture, files: threadFiles }),
    roles,
    people,
    userGroups,
    files: createFiles(client),
    permalink: createPermalink(client),
    rota: options.rota ?? ROTA,
    timezone: 'UTC',
    now: clock.now,
    log,
    headStartMs: options.headStartMs ?? FOR_EVER_MS,
    wake: () => {
      wakes += 1;
    },
  });
  const slack =
    mode === 'http' ? ({ ...common, mode, signingSecret, port: 0 } as const) : ({ ...common, mode, appToken } as const);
  // Signatures are of the real clock, which Bolt reads.
  const limited = limitInteractions(interactions, {
    limiter: createRateLimiter({ now: clock.now, rate: options.rate ?? PERSON_RATE }),
    now: clock.now,
    log,
    ...(options.onRefused === undefined ? {} : { onRefused: options.onRefused }),
  });
  const app = createBoltApp({
    slack,
    log,
    interactions: limited,
    now: Date.now,
    patienceMs: options.patienceMs ?? FOR_EVER_MS,
  });
  const { port } = await app.start();
  onTestFinished(() => app.stop());
  const address = port === undefined ? undefined : `http://127.0.0.1:${port}`;
  if (address !== undefined) sandbox.connectHttp(`${address}/slack/events`);

  const told = async (user: string, ask: () => Promise<{ ok: boolean; error?: string }>): Promise<string> => {
    const before = sandbox.control.ephemeral(user).map((message) => message.ts + message.text);
    const outcome = await ask();
    if (!outcome.ok) throw new Error(outcome.error);
    const answer = await sandbox.control.until(() =>
      sandbox.control.ephemeral(user).find((message) => !before.includes(message.ts + message.text)),
    );
    return answer.text;
  };

  const act = (user: string, ts: string, action: { action_id: string; [key: string]: unknown }) => {
    const isPrivate = sandbox.control.ephemeral(user).some((message) => message.ts === ts);
    const container = { type: isPrivate ? ('ephemeral' as const) : ('message' as const), channel: 'C0ALERTS', ts };
    const type = action['selected_option'] === undefined ? 'button' : 'overflow';
    return sandbox.act({ user, container, action: { type, block_id: 'controls', ...action }, state: {} });
  };
  const top = (user: string) => sandbox.control.views(user).at(-1);

  return {
    ...room,
    address,
    wakes: () => wakes,
    interactions,
    roles,
    say: (user, text) => told(user, () => sandbox.say({ user, channel: 'C0ALERTS', text })),
    press: (user, ts, action) => told(user, () => act(user, ts, action)),
    open: async (user, ask) => {
      const before = top(user)?.id;
      const asked =
        typeof ask === 'string' ? sandbox.say({ user, channel: 'C0ALERTS', text: ask }) : act(user, ask.ts, ask.action);
      const outcome = await asked;
      if (!outcome.ok) throw new Error(outcome.error);
      return sandbox.control.until(() => (top(user)?.id === before ? undefined : top(user)));
    },
    submit: async (user, fields) => {
      const view = top(user);
      if (view === undefined) throw new Error('no modal is open');
      const elements = view.blocks.filter(({ type }) => type === 'input');
      const state = Object.fromEntries(
        elements.flatMap((block) => {
          const name = String(block['block_id']);
          const value = fields[name];
          const { type, action_id: id } = block['element'] as { type: string; action_id: string };
          if (value === undefined) return [];
          const filled =
            type === 'static_select'
              ? { type, selected_option: { value } }
              : type === 'users_select'
                ? { type, selected_user: value }
                : { type, value };
          return [[name, { [id]: filled }]];
        }),
      );
      const { ok, error, errors } = await sandbox.submit({ user, view_id: view.id, state });
      if (errors !== undefined) return { errors };
      if (!ok) throw new Error(error);
      return { words: wordsOf(top(user)) };
    },
  };
}

/** What is read in a modal: its sections' text. */
function wordsOf(view: View | undefined): string {
  const texts = (view?.blocks ?? []).map((block) => (block['text'] as { text?: string } | undefined)?.text ?? '');
  return texts.join('\n');
}
