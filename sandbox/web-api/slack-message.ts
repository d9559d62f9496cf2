import type { Core } from '../core.ts';
import type { StoredMessage } from '../messages.ts';

/** A message as the Web API and the payloads show it; metadata only where asked for. */
export function slackMessage(core: Core, message: StoredMessage, { metadata = false } = {}): Record<string, unknown> {
  const { workspace } = core;
  const {
    by_app,
    past_blocks: _past,
    metadata: own,
    ephemeral_for,
    channel: _channel,
    ...rest
  } = structuredClone(message);
  return {
    type: 'message',
    ...rest,
    team: workspace.team.id,
    ...(by_app ? { bot_id: workspace.botId, app_id: workspace.appId } : {}),
    ...(metadata && own ? { metadata: own } : {}),
    ...(ephemeral_for === undefined ? {} : { is_ephemeral: true }),
  };
}
