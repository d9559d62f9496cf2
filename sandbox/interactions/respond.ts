import { isObject } from '../block-kit/shape.ts';
import { limits } from '../block-kit/limits.ts';
import type { Core } from '../core.ts';
import type { StoredMessage } from '../messages.ts';
import { checkContent, postAsApp, rewrite } from '../posting.ts';
import type { ResponseTarget } from '../response-urls.ts';
import { SlackError } from '../slack-error.ts';

/** Does what an app sent to a response URL, or acknowledged a command with. Throws `SlackError`. */
export function applyResponse(core: Core, target: ResponseTarget, body: unknown): void {
  const input = typeof body === 'string' ? { text: body } : body;
  if (!isObject(input)) throw new SlackError('invalid_payload');
  const original = originalOf(core, target);
  if (input.delete_original === true || input.delete_original === 'true') {
    if (!original) throw new SlackError('message_not_found');
    core.messages.remove(original);
    return;
  }
  const content = checkContent(input, limits.messageText);
  if (input.replace_original === true || input.replace_original === 'true') {
    if (!original) throw new SlackError('message_not_found');
    rewrite(core, original, content);
    return;
  }
  const thread_ts = typeof input.thread_ts === 'string' ? input.thread_ts : undefined;
  postAsApp(core, content, {
    channel: target.channel,
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...(input.response_type === 'in_channel' ? {} : { ephemeral_for: target.user }),
  });
}

function originalOf(core: Core, { channel, original }: ResponseTarget): StoredMessage | undefined {
  if (!original) return undefined;
  return original.ephemeral
    ? core.messages.findEphemeral(channel, original.ts)
    : core.messages.find(channel, original.ts);
}
