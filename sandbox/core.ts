import type { CallLog } from './call-log.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Sockets } from './delivery/socket.ts';
import type { Faults } from './faults.ts';
import type { Feed } from './feed.ts';
import type { Files } from './files.ts';
import type { Manifest } from './manifest.ts';
import type { Messages } from './messages.ts';
import type { PostPacing } from './pacing.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

export interface Tokens {
  bot: string;
  app: string;
  signingSecret: string;
}

/** Everything one sandbox is made of. */
export interface Core {
  /** `http://127.0.0.1:port` */
  url: string;
  tokens: Tokens;
  manifest: Manifest;
  now: () => number;
  id: (prefix: string) => string;
  timestamp: () => string;
  feed: Feed;
  workspace: Workspace;
  messages: Messages;
  views: Views;
  files: Files;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  pacing: PostPacing;
  faults: Faults;
  calls: CallLog;
  sockets: Sockets;
  delivery: Delivery;
}
