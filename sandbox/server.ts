import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallLog } from './call-log.ts';
import { type Control, createControl } from './control/control.ts';
import type { Core, Tokens } from './core.ts';
import { defaultChannels, defaultGroups, defaultPeople } from './default-workspace.ts';
import { Delivery } from './delivery/delivery.ts';
import { Sockets } from './delivery/socket.ts';
import { Faults } from './faults.ts';
import { Feed } from './feed.ts';
import { Files } from './files.ts';
import { sendText } from './http/respond.ts';
import { answer, type Site } from './http/routes.ts';
import { idSource, timestampSource } from './ids.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { Messages } from './messages.ts';
import { defaultAckDeadlineMs, defaultEventRetryDelaysMs, defaultPacing, type SandboxOptions } from './options.ts';
import { PostPacing } from './pacing.ts';
import { type PeopleActions, peopleActions } from './people-actions.ts';
import { ResponseUrls } from './response-urls.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';
import { Workspace } from './workspace.ts';

export interface Sandbox extends PeopleActions {
  /** `http://127.0.0.1:port`, also the page's address. */
  url: string;
  /** For `WebClient`'s `slackApiUrl`. */
  apiUrl: string;
  tokens: Tokens;
  /** Sends the app's requests to this URL; undefined goes back to Socket Mode. */
  connectHttp(requestUrl: string | undefined): void;
  control: Control;
  close(): Promise<void>;
}

const tokens: Tokens = {
  bot: 'xoxb-sandbox-bot-token',
  app: 'xapp-sandbox-app-token',
  signingSecret: 'sandbox-signing-secret',
};

/** Starts a Slack-compatible workspace on 127.0.0.1. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const manifest = await readManifest(options.manifestPath);
  const site: { current?: Site } = {};
  const server = createServer((req, res) => {
    const answered = site.current ? answer(site.current, req, res) : Promise.reject(new Error('not started'));
    // The request ended early, or the sandbox has a fault of its own.
    answered.catch(() => (res.headersSent ? res.destroy() : sendText(res, 500, 'sandbox fault')));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const core = createCore(options, manifest, url);
  const people = peopleActions(core, options.eventRetryDelaysMs ?? defaultEventRetryDelaysMs);
  const control = createControl(core);
  site.current = { core, people, control, pageDir: options.pageDir };
  server.on('upgrade', (req, socket, head) => core.sockets.upgrade(req, socket, head));
  return {
    ...people,
    url,
    apiUrl: `${url}/api/`,
    tokens,
    control,
    connectHttp: (requestUrl) => {
      core.delivery.connectHttp(requestUrl);
      core.workspace.connected = core.delivery.connected;
      core.workspace.changed();
    },
    close: async () => {
      await core.sockets.shutDown();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function createCore(options: SandboxOptions, manifest: Manifest, url: string): Core {
  const now = options.now ?? Date.now;
  const id = idSource();
  const feed = new Feed();
  const { people = defaultPeople, groups = defaultGroups, channels = defaultChannels } = options;
  const workspace = new Workspace({ people, groups, channels }, manifest, feed);
  const sockets = new Sockets(workspace.appId, id, () => {
    workspace.connected = delivery.connected;
    workspace.changed();
  });
  const signingClock = options.signingClock ?? Date.now;
  const deadlineMs = options.ackDeadlineMs ?? defaultAckDeadlineMs;
  const delivery = new Delivery(
    { signingSecret: tokens.signingSecret, signingClock, deadlineMs, done: () => feed.touch() },
    sockets,
  );
  return {
    url,
    tokens,
    manifest,
    now,
    id,
    timestamp: timestampSource(now),
    feed,
    workspace,
    messages: new Messages(feed),
    views: new Views(id, feed),
    files: new Files(id),
    triggers: new Triggers(now, id),
    responseUrls: new ResponseUrls(now, id),
    pacing: new PostPacing(options.pacing ?? defaultPacing, now),
    faults: new Faults(),
    calls: new CallLog(),
    sockets,
    delivery,
  };
}
