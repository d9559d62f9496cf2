import type { Channel, UserGroup } from './page-api.ts';
import type { Member } from './workspace.ts';

export interface SandboxOptions {
  /** 0, the default, picks a free one. */
  port?: number;
  /** Where scopes, slash commands and event subscriptions are read; default: the app's own manifest.yml. */
  manifestPath?: string;
  people?: Member[];
  groups?: UserGroup[];
  channels?: Channel[];
  /** The workspace's clock in ms since the epoch: message times, lifetimes, pacing. */
  now?: () => number;
  /** The clock that signs requests: receivers compare it with their own. */
  signingClock?: () => number;
  pacing?: Pacing;
  /** The built page, with an index.html. */
  pageDir?: string;
  /** How long the app has to acknowledge; Slack gives 3,000 ms. */
  ackDeadlineMs?: number;
  /** When an event that was not acknowledged is sent again. */
  eventRetryDelaysMs?: number[];
}

/** How many posts a second a channel takes, after a burst; above that Slack answers 429. */
export interface Pacing {
  perSecond: number;
  burst: number;
}

export const defaultPacing: Pacing = { perSecond: 1, burst: 5 };

/** Slack sends an event again at once, after a minute and after five. */
export const defaultEventRetryDelaysMs = [0, 60_000, 300_000];
export const defaultAckDeadlineMs = 3_000;
