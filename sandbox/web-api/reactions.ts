import { SlackError } from '../slack-error.ts';
import { findConversation, mustBeMember } from './conversation.ts';
import type { Method } from './method.ts';

const add: Method = {
  scopes: ['reactions:write'],
  run({ core, args }) {
    const conversation = findConversation(core, args.required('channel'));
    mustBeMember(core, conversation);
    const name = args.required('name');
    if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
    const message = core.messages.find(conversation.id, args.required('timestamp'));
    if (!message) throw new SlackError('message_not_found');
    if (conversation.channel?.is_archived) throw new SlackError('is_archived');
    const bot = core.workspace.botUser;
    if (message.reactions?.some((each) => each.name === name && each.users.includes(bot))) {
      throw new SlackError('already_reacted');
    }
    core.messages.change(message, (each) => {
      const others = (each.reactions ?? []).filter((reaction) => reaction.name !== name);
      const users = each.reactions?.find((reaction) => reaction.name === name)?.users ?? [];
      each.reactions = [...others, { name, users: [...users, bot] }];
    });
    return {};
  },
};

export const reactionMethods: Record<string, Method> = { 'reactions.add': add };
