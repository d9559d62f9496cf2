import type { Json } from '../block-kit/shape.ts';
import type { Core } from '../core.ts';
import type { Act, Outcome } from '../page-api.ts';
import { slackMessage } from '../web-api/slack-message.ts';
import { slackView } from '../web-api/slack-view.ts';
import { actionFailure } from './failure.ts';
import { actor, channelOf, interaction } from './payload.ts';
import { fullState } from './state.ts';
import { blocksOf, findTarget, findUsed, type Target } from './target.ts';

/** A person uses a button, a menu or an input: `block_actions`. */
export async function act(core: Core, { user, container, action, state }: Act): Promise<Outcome> {
  const person = actor(core, user);
  const target = person && findTarget(core, user, container);
  const element = target && findUsed(target, action.block_id, action.action_id);
  if (!person || !element || element.type !== action.type) return { ok: false, error: 'This is no longer there.' };
  if (!core.manifest.interactive)
    return { ok: false, error: 'This app is not configured to handle interactive responses.' };
  const values = fullState(blocksOf(target), state);
  const reply = await core.delivery.send({
    kind: 'interactive',
    payload: {
      ...interaction(core, 'block_actions', person),
      trigger_id: core.triggers.issue(user),
      ...where(core, user, target, values),
      actions: [{ ...action, ...fixedParts(element), action_ts: core.timestamp() }],
    },
  });
  return reply.ok ? { ok: true } : { ok: false, error: actionFailure(reply) };
}

/** What the app sent cannot be changed by the person's client. */
function fixedParts(element: Json): Json {
  if (element.type !== 'button') return {};
  const { text, value, style } = element;
  return { text, ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
}

function where(core: Core, user: string, target: Target, values: ReturnType<typeof fullState>): Json {
  if ('view' in target) {
    return { container: { type: 'view', view_id: target.view.id }, view: slackView(core, target.view, values) };
  }
  const { message } = target;
  const { channel, ts, thread_ts } = message;
  const ephemeral = message.ephemeral_for !== undefined;
  const thread = thread_ts === undefined ? {} : { thread_ts };
  const original = { ts, ephemeral, ...thread };
  return {
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral, ...thread },
    channel: channelOf(core, channel),
    // Slack does not send an ephemeral message back.
    ...(ephemeral ? {} : { message: slackMessage(core, message) }),
    state: { values },
    response_url: core.url + core.responseUrls.issue({ user, channel, original }),
  };
}
