import type { AddressInfo, Server } from 'node:net';
import { App, type RespondArguments, type RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { SlackConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { errorMessage } from './blocks/error.ts';
import { boltLogger } from './bolt-logger.ts';
import { reportIncident } from './incident.ts';
import type { Answer, Interactions } from './interactions.ts';
import { type CustomRoute, createReceiver } from './receiver.ts';
import { createReplayGuard } from './replay-guard.ts';
import { judgeRequest } from './request-guard.ts';
import { clientOptions, createWebClient } from './web-client.ts';

export interface BoltAppOptions {
  slack: SlackConfig;
  log: Log;
  interactions: Interactions;
  now: () => number;
  /** Served beside Slack's endpoint, in HTTP mode; `/healthz` is there already. */
  routes?: CustomRoute[];
}

export interface BoltApp {
  /** Connects, or listens: then the port is returned. Throws when Slack does not know the token. */
  start(): Promise<{ port: number | undefined }>;
  stop(): Promise<void>;
}

/** The real Bolt app, over HTTP or Socket Mode: acknowledges at once, lets in what may pass, hands it on, answers. */
export function createBoltApp({ slack, log, interactions, now, routes = [] }: BoltAppOptions): BoltApp {
  const logger = boltLogger(log);
  const options = { ...clientOptions({ apiUrl: slack.apiUrl, log }), fetch: fetchInTime };
  const receiver = createReceiver({ slack, clientOptions: options, logger, routes });
  const client = createWebClient({ botToken: slack.botToken, apiUrl: slack.apiUrl, log });
  const app = new App({
    receiver,
    clientOptions: options,
    logger,
    // Ours, because Bolt's own asks Slack who we are once, and is broken for good when Slack was away then.
    authorize: async () => ({ botToken: slack.botToken }),
    extendedErrorHandler: true,
  });
  const replays = createReplayGuard({ now });
  let team: Promise<string> | undefined;

  /** Our workspace; asked once, and again when that failed. */
  function ownTeam(): Promise<string> {
    team ??= client.auth.test().then(({ team_id: id }) => {
      if (id === undefined) throw new Error('Slack does not say which workspace the token is of');
      return id;
    });
    team.catch(() => (team = undefined));
    return team;
  }

  app.use(async ({ body, context, next, ...rest }) => {
    const ack = async () => {
      if ('ack' in rest && typeof rest.ack === 'function') await rest.ack();
    };
    const { requestKey: key, signedAt } = context as { requestKey?: string; signedAt?: number };
    const own = await ownTeam().catch(async (fault: unknown) => {
      await ack();
      throw fault;
    });
    const verdict = judgeRequest({ body, key, signedAt }, { team: own, now: now(), replays });
    if (verdict === 'take') return next();
    log.warn({ verdict, type: 'type' in body ? body.type : undefined }, 'a request from Slack was not let in');
    // Acknowledged all the same: Slack would send it again.
    return ack();
  });

  app.command(/.*/, async ({ ack, command, respond }) => {
    await ack();
    await tell(respond, await interactions.command({ user: command.user_id, text: command.text }));
  });

  // One listener for all controls: one that nobody registered would hang until Slack gives up.
  app.action(/.*/, async ({ ack, action, body, respond }) => {
    await ack();
    if (!('action_id' in action)) return;
    // A menu entry that is a link, and inputs in views, have nothing to answer to.
    if (body.type !== 'block_actions' || body.response_url === undefined) return;
    await tell(respond, await interactions.press({ user: body.user.id, clicked: action }));
  });
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.shortcut(/.*/, ({ ack }) => ack());
  app.view(/.*/, ({ ack }) => ack());

  app.error(async ({ error, body }: { error: Error; body: object }) => {
    const incident = reportIncident(log, error, { type: 'type' in body ? body.type : 'command' });
    const url = 'response_url' in body ? body.response_url : undefined;
    if (typeof url !== 'string') return;
    const payload = privately({ message: errorMessage(incident, now()) });
    await fetchInTime(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    }).catch((fault: unknown) => log.warn({ incident, err: fault }, 'the person could not be told of the fault'));
  });

  return {
    async start() {
      await ownTeam();
      const started: unknown = slack.mode === 'http' ? await app.start(slack.port) : await app.start();
      return { port: slack.mode === 'http' ? ((started as Server).address() as AddressInfo).port : undefined };
    },
    async stop() {
      await app.stop();
    },
  };
}

async function tell(respond: RespondFn, answer: Answer): Promise<void> {
  await respond(privately(answer));
}

/** Bolt's types lack the chart block; Slack has it. */
function privately({ message, replaces }: Answer): RespondArguments {
  const blocks = message.blocks as KnownBlock[];
  return { response_type: 'ephemeral', replace_original: replaces ?? false, text: message.text, blocks };
}

/** Bolt's answers to response URLs have no time limit of their own. */
function fetchInTime(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  return fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(10_000) });
}
