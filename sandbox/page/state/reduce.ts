import type { Message, PageEvent, View, Workspace } from '../../page-api.ts';
import { inChannel, isReply, place, refresh, threadKey } from './messages.ts';

/** How the stream of events stands. */
export type Link = 'connecting' | 'live' | 'lost';

export interface Notice {
  id: number;
  text: string;
}

export interface State {
  user: string;
  link: Link;
  workspace: Workspace | null;
  /** By channel, oldest first. */
  messages: Record<string, Message[]>;
  /** By `threadKey`, root first. */
  threads: Record<string, Message[]>;
  views: View[];
  home: View | null;
  notices: Notice[];
  /** Requests that the app has not answered. */
  pending: number;
}

export type Change =
  | PageEvent
  | { type: 'person'; user: string }
  | { type: 'link'; link: Link }
  | { type: 'messages'; channel: string; messages: Message[] }
  | { type: 'thread'; channel: string; root: string; messages: Message[] }
  | { type: 'home_read'; view: View | null }
  | { type: 'asked'; by: 1 | -1 }
  | { type: 'dismiss'; id: number };

export function blankState(user: string): State {
  const rest = { messages: {}, threads: {}, views: [], home: null, notices: [], pending: 0 };
  return { user, link: 'connecting', workspace: null, ...rest };
}

function notify(state: State, text: string): State {
  // The outcome of a request and the event may both tell of the same failure.
  if (state.notices.some((notice) => notice.text === text)) return state;
  const id = Math.max(0, ...state.notices.map((notice) => notice.id)) + 1;
  return { ...state, notices: [...state.notices, { id, text }].slice(-4) };
}

function receive(state: State, message: Message): State {
  if (message.ephemeral_for !== undefined && message.ephemeral_for !== state.user) return state;
  const { messages, threads } = state;
  const key = threadKey(message.channel, message.thread_ts ?? message.ts);
  const thread = threads[key] && (isReply(message) || threads[key][0]?.ts === message.ts);
  return {
    ...state,
    ...(inChannel(message)
      ? { messages: { ...messages, [message.channel]: place(messages[message.channel] ?? [], message) } }
      : {}),
    ...(thread ? { threads: { ...threads, [key]: place(threads[key] ?? [], message) } } : {}),
  };
}

function remove(state: State, channel: string, ts: string): State {
  const without = (list: Message[]) => list.filter((message) => message.ts !== ts);
  const threads = Object.entries(state.threads).map(([key, list]) => [
    key,
    key.startsWith(`${channel}/`) ? without(list) : list,
  ]);
  return {
    ...state,
    messages: { ...state.messages, [channel]: without(state.messages[channel] ?? []) },
    threads: Object.fromEntries(threads) as State['threads'],
  };
}

/** The page's state after an event of the server or a step of the page itself. Pure. */
export function reduce(state: State, change: Change): State {
  if ('user' in change && change.type !== 'person' && change.user !== state.user) return state;
  switch (change.type) {
    case 'person':
      return { ...blankState(change.user), workspace: state.workspace };
    case 'link':
      return { ...state, link: change.link };
    case 'workspace':
      return { ...state, workspace: change.workspace };
    case 'messages': {
      const known = state.messages[change.channel] ?? [];
      return { ...state, messages: { ...state.messages, [change.channel]: refresh(change.messages, known) } };
    }
    case 'thread': {
      const key = threadKey(change.channel, change.root);
      return { ...state, threads: { ...state.threads, [key]: refresh(change.messages, state.threads[key] ?? []) } };
    }
    case 'message':
    case 'message_changed':
      return receive(state, change.message);
    case 'message_deleted':
      return remove(state, change.channel, change.ts);
    case 'view_stack':
      return { ...state, views: change.views };
    case 'home':
    case 'home_read':
      return { ...state, home: change.view };
    case 'notice':
      return notify(state, change.text);
    case 'asked':
      return { ...state, pending: Math.max(0, state.pending + change.by) };
    default:
      return { ...state, notices: state.notices.filter(({ id }) => id !== change.id) };
  }
}
