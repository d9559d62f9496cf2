import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../log.ts';
import { boltLogger } from './bolt-logger.ts';

/** Beyond this a post's outcome is unknown; the outbox asks Slack again. */
const TIMEOUT_MS = 8_000;

/**
 * How every client talks to Slack. The library's defaults wait for ever, try ten times over half an hour, and let one
 * 429 stop all calls: retries are the outbox's.
 */
export function clientOptions(options: {
  apiUrl?: string | undefined;
  log: Log;
  timeoutMs?: number;
}): WebClientOptions {
  return {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: withSlash(options.apiUrl) }),
    logger: boltLogger(options.log),
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

export function createWebClient(options: {
  botToken: string;
  apiUrl?: string | undefined;
  log: Log;
  timeoutMs?: number;
}): WebClient {
  return new WebClient(options.botToken, clientOptions(options));
}

/** Methods are appended as they are: an address without its last slash would lose its last part. */
function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
