import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { SlackConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { errorMessage } from './blocks/error.ts';
import { noticeOf } from './blocks/message.ts';
import { noticeModal } from './blocks/modal.ts';
import { boltLogger } from './bolt-logger.ts';
import { escapeText } from './escape-text.ts';
import { readFields } from './form-state.ts';
import { headStart } from './head-start.ts';
import { reportIncident } from './incident.ts';
import type { Answer, Interactions } from './interactions.ts';
import { type CustomRoute, createReceiver } from './receiver.ts';
import { createReplayGuard } from './replay-guard.ts';
import { judgeRequest } from './request-guard.ts';
import { modalOf, privately, showAnswer } from './show-answer.ts';
import { clientOptions, createWebClient } from './web-client.ts';

export interface BoltAppOptions {
  slack: SlackConfig;
  log: Log;
  interactions: Interactions;
  now: () => number;
  /** Served beside Slack's endpoint, in HTTP mode; `/healthz` is there already. */
  routes?: CustomRoute[];
  /** How long anything that is asked may take before the person is told that it is still at work. */
  patienceMs?: number;
}

/** Slack waits three seconds for the answer to a form, and people for any answer. */
const PATIENCE_MS = 2_000;
const STILL_AT_WORK = { text: 'Still at work.' };

export interface BoltApp {
  /** Connects, or listens: then the port is returned. Throws when Slack does not know the token. */
  start(): Promise<{ port: number | undefined }>;
  stop(): Promise<void>;
}

/** The real Bolt app, over HTTP or Socket Mode: acknowledges at once, lets in what may pass, hands it on, answers. */
export function createBoltApp(given: BoltAppOptions): BoltApp {
  const { slack, log, interactions, now, routes = [], patienceMs = PATIENCE_MS } = given;
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

  const inTime = (answering: Promise<Answer>) => headStart(answering, patienceMs, () => STILL_AT_WORK);

  app.command(/.*/, async ({ ack, command, respond }) => {
    await ack();
    const answer = await inTime(interactions.command({ user: command.user_id, text: command.text }));
    await showAnswer(client, { triggerId: command.trigger_id, respond }, answer);
  });

  // One listener for all controls: one that nobody registered would hang until Slack gives up.
  app.action(/.*/, async ({ ack, action, body, respond }) => {
    await ack();
    if (!('action_id' in action) || body.type !== 'block_actions') return;
    const { response_url: url, view } = body;
    // A menu entry that is a link has nothing to answer to.
    if (url === undefined && view === undefined) return;
    const answer = await inTime(interactions.press({ user: body.user.id, clicked: action }));
    const place = view === undefined ? undefined : { id: view.id, type: view.type as 'modal' | 'home' };
    await showAnswer(
      client,
      { triggerId: body.trigger_id, respond: url === undefined ? undefined : respond, view: place },
      answer,
    );
  });
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    await client.views.publish({ user_id: event.user, view: await interactions.home({ user: event.user }) });
  });
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.shortcut(/.*/, ({ ack }) => ack());

  // The answer to a form is its acknowledgement; one that takes too long comes into the modal when it is there.
  app.view(/.*/, async ({ ack, body, view }) => {
    if (body.type !== 'view_submission') return ack();
    const answering = interactions.submit({
      user: body.user.id,
      form: view.callback_id,
      value: view.private_metadata,
      fields: readFields(view.state.values),
    });
    const answer = await Promise.race([answering, sleep(patienceMs, undefined, { ref: false })]);
    if (answer === undefined) {
      await ack({
        response_action: 'update',
        view: noticeModal(noticeOf(`${STILL_AT_WORK.text} What comes of it will stand here.`)),
      });
      const late = await answering;
      const shown =
        'errors' in late
          ? noticeModal(noticeOf(...Object.values(late.errors).map((text) => escapeText(text))))
          : modalOf(late);
      await client.views.update({ view_id: view.id, view: shown });
    } else if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
    else await ack({ response_action: 'update', view: modalOf(answer) });
  });

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

/** Bolt's answers to response URLs have no time limit of their own. */
function fetchInTime(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  return fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(10_000) });
}
