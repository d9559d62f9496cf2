import { limits } from '../block-kit/limits.ts';
import type { Core } from '../core.ts';
import type { StoredMessage } from '../messages.ts';
import { checkContent, type Content, postAsApp, rewrite } from '../posting.ts';
import { RateLimited, SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';
import { type Conversation, findConversation, mustBeMember, writableConversation } from './conversation.ts';
import { metadataOf } from './metadata.ts';
import type { Method } from './method.ts';
import { slackMessage } from './slack-message.ts';

const scopes = ['chat:write'];

function contentOf(args: Arguments, maxText: number): Content {
  const blocks = args.json('blocks', 'invalid_blocks_format');
  const attachments = args.json('attachments', 'invalid_attachments');
  return checkContent({ text: args.text('text'), blocks, attachments }, maxText);
}

/** The root to reply to, if a thread is asked for. */
function threadOf(core: Core, args: Arguments, conversation: Conversation): { thread_ts?: string } {
  const ts = args.text('thread_ts');
  if (ts === undefined) return {};
  const root = core.messages.find(conversation.id, ts);
  if (!root) throw new SlackError('thread_not_found');
  if (root.thread_ts !== undefined && root.thread_ts !== root.ts) throw new SlackError('cannot_reply_to_message');
  return { thread_ts: ts };
}

const postMessage: Method = {
  scopes,
  run({ core, args }) {
    const conversation = writableConversation(core, args.required('channel'));
    const content = contentOf(args, limits.messageText);
    const metadata = metadataOf(args);
    const thread = threadOf(core, args, conversation);
    const retryAfter = core.pacing.take(conversation.id);
    if (retryAfter > 0) throw new RateLimited(retryAfter);
    const message = postAsApp(core, content, {
      channel: conversation.id,
      ...thread,
      ...(thread.thread_ts && args.flag('reply_broadcast') ? { subtype: 'thread_broadcast' } : {}),
      ...(metadata ? { metadata } : {}),
    });
    return { channel: conversation.id, ts: message.ts, message: slackMessage(core, message, { metadata: true }) };
  },
};

const postEphemeral: Method = {
  scopes,
  run({ core, args }) {
    const conversation = writableConversation(core, args.required('channel'));
    const user = args.required('user');
    const content = contentOf(args, limits.messageText);
    if (!core.workspace.person(user)) throw new SlackError('user_not_found');
    if (conversation.channel && !conversation.channel.members.includes(user))
      throw new SlackError('user_not_in_channel');
    const thread = threadOf(core, args, conversation);
    const message = postAsApp(core, content, { channel: conversation.id, ephemeral_for: user, ...thread });
    return { message_ts: message.ts };
  },
};

/** One of the app's own messages; the Web API does not see ephemeral ones. */
function ownMessage(core: Core, args: Arguments, refusal: string): StoredMessage {
  const conversation = findConversation(core, args.required('channel'));
  mustBeMember(core, conversation);
  const message = core.messages.find(conversation.id, args.required('ts'));
  if (!message) throw new SlackError('message_not_found');
  if (!message.by_app) throw new SlackError(refusal);
  if (conversation.channel?.is_archived) throw new SlackError('is_archived');
  return message;
}

const update: Method = {
  scopes,
  run({ core, args }) {
    const message = ownMessage(core, args, 'cant_update_message');
    const content = contentOf(args, limits.updateText);
    const metadata = metadataOf(args);
    if (metadata) message.metadata = metadata;
    else if (metadata === null) delete message.metadata;
    if (args.flag('reply_broadcast') && message.thread_ts !== undefined && message.thread_ts !== message.ts) {
      message.subtype = 'thread_broadcast';
    }
    rewrite(core, message, content);
    const { channel, ts, text } = message;
    return { channel, ts, text, message: slackMessage(core, message, { metadata: true }) };
  },
};

const remove: Method = {
  scopes,
  run({ core, args }) {
    const message = ownMessage(core, args, 'cant_delete_message');
    core.messages.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
};

const getPermalink: Method = {
  run({ core, args }) {
    const conversation = findConversation(core, args.required('channel'));
    const ts = args.required('message_ts');
    const message = core.messages.find(conversation.id, ts);
    if (!message) throw new SlackError('message_not_found');
    const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${conversation.id}`;
    const permalink = `${core.url}/archives/${conversation.id}/p${ts.replace('.', '')}${thread}`;
    return { channel: conversation.id, permalink };
  },
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
