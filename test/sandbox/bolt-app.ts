import type { AddressInfo, Server } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach } from 'vitest';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';

export type Mode = 'http' | 'socket';

/** Refusals are what these tests provoke. */
const logger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

const running: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of running.splice(0).toReversed()) await stop();
});

/** A sandbox that ends with the test. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  running.push(async () => sandbox.close());
  return sandbox;
}

/** The real client, told not to try again by itself. */
export function clientOf(sandbox: Sandbox, token = sandbox.tokens.bot): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
}

/** A Bolt app connected to the sandbox, by signed HTTP or by Socket Mode. */
export async function startApp(
  sandbox: Sandbox,
  mode: Mode,
  listen: (app: App) => void,
  socketOptions: { clientPingTimeout?: number } = {},
): Promise<App> {
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  const receiver =
    mode === 'http'
      ? new HTTPReceiver({ signingSecret: sandbox.tokens.signingSecret, logger })
      : new SocketModeReceiver({
          appToken: sandbox.tokens.app,
          logger,
          installerOptions: { clientOptions },
          ...socketOptions,
        });
  const app = new App({ receiver, token: sandbox.tokens.bot, clientOptions, logger });
  listen(app);
  if (receiver instanceof HTTPReceiver) {
    const server = (await receiver.start(0)) as Server;
    sandbox.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  } else {
    await app.start();
  }
  running.push(async () => app.stop());
  return app;
}
