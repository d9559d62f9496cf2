import type { Core } from '../core.ts';
import type { Channel } from '../page-api.ts';
import type { StoredMessage } from '../messages.ts';
import { SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';
import { findConversation, isMember, mustBeMember, readConversation } from './conversation.ts';
import { type Method, needScope } from './method.ts';
import { page } from './paging.ts';
import { slackMessage } from './slack-message.ts';

function slackChannel(core: Core, channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.is_private,
    is_group: channel.is_private,
    is_im: false,
    is_private: channel.is_private,
    is_archived: channel.is_archived,
    is_member: isMember(core, channel),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

const scopeOfType: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
};

const list: Method = {
  run({ core, args }) {
    const types = (args.text('types') ?? 'public_channel').split(',').map((each) => each.trim());
    for (const type of types) {
      const scope = scopeOfType[type];
      if (!scope) throw new SlackError('invalid_types');
      needScope(core, scope);
    }
    const wanted = [...core.workspace.channels.values()].filter(
      (each) =>
        types.includes(each.is_private ? 'private_channel' : 'public_channel') &&
        (!each.is_private || isMember(core, each)) &&
        !(args.flag('exclude_archived') && each.is_archived),
    );
    const { items, next_cursor } = page(args, wanted, { standard: 100, max: 1000 });
    return { channels: items.map((each) => slackChannel(core, each)), response_metadata: { next_cursor } };
  },
};

const info: Method = {
  run({ core, args }) {
    const { id, channel, user } = readConversation(core, args.required('channel'), 'read');
    return { channel: channel ? slackChannel(core, channel) : { id, is_im: true, user } };
  },
};

const members: Method = {
  run({ core, args }) {
    const { channel, user } = readConversation(core, args.required('channel'), 'read');
    const all = channel ? channel.members : [core.workspace.botUser, user ?? ''];
    const { items, next_cursor } = page(args, all, { standard: 100, max: 1000 });
    return { members: items, response_metadata: { next_cursor } };
  },
};

/** Those between `oldest` and `latest`, which count only with `inclusive`. */
function between(args: Arguments, messages: StoredMessage[]): StoredMessage[] {
  const oldest = args.number('oldest') ?? 0;
  const latest = args.number('latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = args.flag('inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  });
}

function answer(core: Core, args: Arguments, messages: StoredMessage[]): Record<string, unknown> {
  const { items, next_cursor } = page(args, messages, { standard: 100, max: 999 });
  const metadata = args.flag('include_all_metadata');
  return {
    messages: items.map((each) => slackMessage(core, each, { metadata })),
    has_more: next_cursor !== '',
    ...(next_cursor === '' ? {} : { response_metadata: { next_cursor } }),
  };
}

const history: Method = {
  run({ core, args }) {
    const conversation = readConversation(core, args.required('channel'), 'history');
    mustBeMember(core, conversation);
    return answer(core, args, between(args, core.messages.roots(conversation.id)).toReversed());
  },
};

const replies: Method = {
  run({ core, args }) {
    const conversation = readConversation(core, args.required('channel'), 'history');
    mustBeMember(core, conversation);
    const message = core.messages.find(conversation.id, args.required('ts'));
    if (!message) throw new SlackError('thread_not_found');
    const [root, ...rest] = core.messages.thread(conversation.id, message.thread_ts ?? message.ts);
    return answer(core, args, root ? [root, ...between(args, rest)] : between(args, rest));
  },
};

const join: Method = {
  scopes: ['channels:join'],
  run({ core, args }) {
    const { channel } = findConversation(core, args.required('channel'));
    if (!channel || channel.is_private) throw new SlackError('method_not_supported_for_channel_type');
    if (channel.is_archived) throw new SlackError('is_archived');
    const already = isMember(core, channel);
    if (!already) {
      channel.members.push(core.workspace.botUser);
      core.workspace.changed();
    }
    return { channel: slackChannel(core, channel), ...(already ? { warning: 'already_in_channel' } : {}) };
  },
};

const open: Method = {
  scopes: ['im:write'],
  run({ core, args }) {
    const users = args.required('users').split(',');
    // Several people make a group conversation, which needs mpim:write.
    if (users.length > 1) needScope(core, 'mpim:write');
    const person = core.workspace.person(users[0]);
    if (!person) throw new SlackError('user_not_found');
    if (person.deleted) throw new SlackError('user_disabled');
    return { channel: { id: core.workspace.directMessage(person.id).id } };
  },
};

export const conversationMethods: Record<string, Method> = {
  'conversations.list': list,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.join': join,
  'conversations.open': open,
};
