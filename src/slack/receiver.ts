import { type CustomRoute, HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../config.ts';

export type { CustomRoute } from '@slack/bolt';

export interface ReceiverOptions {
  slack: SlackConfig;
  clientOptions: WebClientOptions;
  logger: Logger;
  /** Served beside Slack's endpoint, in HTTP mode. */
  routes: CustomRoute[];
}

/** HTTP mode or Socket Mode, as configured. Each request's context says what it was signed or sent with. */
export function createReceiver({ slack, clientOptions, logger, routes }: ReceiverOptions) {
  if (slack.mode === 'socket') {
    return new SocketModeReceiver({
      appToken: slack.appToken,
      logger,
      installerOptions: { clientOptions },
      customPropertiesExtractor: (envelope: { envelope_id?: string }) => ({ requestKey: envelope.envelope_id }),
    });
  }
  return new HTTPReceiver({
    signingSecret: slack.signingSecret,
    port: slack.port,
    endpoints: ['/slack/events'],
    customRoutes: [HEALTH, ...routes],
    logger,
    customPropertiesExtractor: ({ headers }) => ({
      requestKey: headers['x-slack-signature'],
      signedAt: Number(headers['x-slack-request-timestamp']) * 1_000,
    }),
    // Its default writes the request's whole path into the log, at error level, for every scanner that comes by.
    dispatchErrorHandler: ({ response }) => {
      response.writeHead(404).end();
    },
  });
}

/** Says that the process answers; whether it is well is `/readyz`'s to say. */
const HEALTH: CustomRoute = {
  path: '/healthz',
  method: ['GET'],
  handler: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  },
};
