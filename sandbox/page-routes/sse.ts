import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import type { PageEvent } from '../page-api.ts';

/** Sends a person's page all that this person can see, until the page goes away. */
export function streamEvents(core: Core, user: string, req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // A page that was loaded anew, or now shows another person, opens the modals that are open.
  const send = (event: PageEvent) => res.write(`data: ${JSON.stringify(event)}\n\n`);
  send({ type: 'view_stack', user, views: core.views.stack(user) });
  const stop = core.feed.subscribe((event) => {
    if (concerns(core, user, event)) send(event);
  });
  req.on('close', stop);
}

function concerns(core: Core, user: string, event: PageEvent): boolean {
  switch (event.type) {
    case 'message':
    case 'message_changed': {
      const { channel, ephemeral_for } = event.message;
      return core.workspace.mayRead(user, channel) && (ephemeral_for === undefined || ephemeral_for === user);
    }
    case 'message_deleted':
      return core.workspace.mayRead(user, event.channel);
    case 'workspace':
      return true;
    default:
      return event.user === user;
  }
}
