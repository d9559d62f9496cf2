import type { Core } from '../core.ts';
import type { Channel } from '../page-api.ts';
import { SlackError } from '../slack-error.ts';
import { needScope } from './method.ts';

export interface Conversation {
  id: string;
  /** As in the scopes: `channels:read`, `groups:read`, `im:read`. */
  kind: 'channels' | 'groups' | 'im';
  channel?: Channel;
  user?: string;
}

/** The conversation, if the app may know of it; throws `channel_not_found`. */
export function findConversation(core: Core, id: string): Conversation {
  const { workspace } = core;
  const direct = workspace.directMessages.get(id);
  if (direct) return { id, kind: 'im', user: direct.user };
  const channel = workspace.channels.get(id);
  // A private channel does not exist for those who are not in it.
  if (!channel || (channel.is_private && !isMember(core, channel))) throw new SlackError('channel_not_found');
  return { id, kind: channel.is_private ? 'groups' : 'channels', channel };
}

/** With the scope that reading this kind of conversation needs. */
export function readConversation(core: Core, id: string, what: 'read' | 'history'): Conversation {
  const conversation = findConversation(core, id);
  needScope(core, `${conversation.kind}:${what}`);
  return conversation;
}

/** Where the app may write; also takes a channel's name or a person's id. */
export function writableConversation(core: Core, target: string): Conversation {
  const { workspace } = core;
  const person = workspace.person(target);
  if (person) workspace.directMessage(person.id);
  const id = person ? workspace.directMessage(person.id).id : (workspace.channel(target)?.id ?? target);
  const conversation = findConversation(core, id);
  if (conversation.kind === 'im' && !core.manifest.messagesTab) throw new SlackError('messages_tab_disabled');
  mustBeMember(core, conversation);
  if (conversation.channel?.is_archived) throw new SlackError('is_archived');
  return conversation;
}

export function mustBeMember(core: Core, { channel }: Conversation): void {
  if (channel && !isMember(core, channel)) throw new SlackError('not_in_channel');
}

export function isMember(core: Core, channel: Channel): boolean {
  return channel.members.includes(core.workspace.botUser);
}
