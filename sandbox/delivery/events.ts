import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '../core.ts';
import type { Reply } from './outbound.ts';

/** Sends an event the app subscribed to, and again when it is not acknowledged. Answers the last reply. */
export async function sendEvent(
  core: Core,
  event: Record<string, unknown> & { type: string },
  retryDelaysMs: number[],
): Promise<Reply | undefined> {
  if (!core.manifest.events.has(event.type)) return undefined;
  const { team, appId, botUser } = core.workspace;
  const payload = {
    token: 'legacy-verification-token',
    team_id: team.id,
    api_app_id: appId,
    event: { ...event, event_ts: core.timestamp() },
    type: 'event_callback',
    event_id: core.id('Ev'),
    event_time: Math.floor(core.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: botUser, is_bot: true }],
    is_ext_shared_channel: false,
  };
  let reply = await core.delivery.send({ kind: 'events_api', payload });
  for (const [index, delay] of retryDelaysMs.entries()) {
    if (reply.ok || reply.noRetry || reply.reason === 'not_connected') break;
    // Unreferenced: a retry five minutes ahead keeps no process alive.
    if (delay > 0) await wait(delay, undefined, { ref: false });
    const reason = reply.reason === 'operation_timeout' ? 'http_timeout' : reply.reason;
    reply = await core.delivery.send({ kind: 'events_api', payload, retry: { num: index + 1, reason } });
  }
  return reply;
}
