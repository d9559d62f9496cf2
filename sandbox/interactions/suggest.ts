import { isObject } from '../block-kit/shape.ts';
import type { Core } from '../core.ts';
import type { Suggest, Suggestions } from '../page-api.ts';
import { slackMessage } from '../web-api/slack-message.ts';
import { slackView } from '../web-api/slack-view.ts';
import { actor, channelOf, interaction } from './payload.ts';
import { findTarget, findUsed } from './target.ts';

/** A person types into an external select: `block_suggestion`. */
export async function suggest(
  core: Core,
  { user, container, block_id, action_id, value }: Suggest,
): Promise<Suggestions> {
  const person = actor(core, user);
  const target = person && findTarget(core, user, container);
  const element = target && findUsed(target, block_id, action_id);
  if (!person || !element || !String(element.type).endsWith('external_select'))
    return { ok: false, error: 'No results' };
  const place =
    'view' in target
      ? { container: { type: 'view', view_id: target.view.id }, view: slackView(core, target.view) }
      : { channel: channelOf(core, target.message.channel), message: slackMessage(core, target.message) };
  const reply = await core.delivery.send({
    kind: 'interactive',
    payload: { ...interaction(core, 'block_suggestion', person), ...place, action_id, block_id, value },
  });
  if (!reply.ok || !isObject(reply.body)) return { ok: false, error: 'No results' };
  const { options, option_groups } = reply.body;
  if (Array.isArray(options)) return { ok: true, options };
  if (Array.isArray(option_groups)) return { ok: true, option_groups };
  core.calls.complain('answer to block_suggestion', ['neither options nor option_groups']);
  return { ok: false, error: 'No results' };
}
