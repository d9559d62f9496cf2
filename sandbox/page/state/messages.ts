import type { Message } from '../../page-api.ts';

/** Whether a message stands in its channel's own list: everything but thread replies that were not sent to it too. */
export function inChannel(message: Message): boolean {
  return !isReply(message) || message.subtype === 'thread_broadcast';
}

export function isReply(message: Message): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** The key of a thread in the state. */
export function threadKey(channel: string, root: string): string {
  return `${channel}/${root}`;
}

/** The list with the message in its place by time; one with the same `ts` is replaced. */
export function place(list: readonly Message[], message: Message): Message[] {
  const others = list.filter(({ ts }) => ts !== message.ts);
  const at = others.findLastIndex(({ ts }) => ts < message.ts) + 1;
  return others.toSpliced(at, 0, message);
}

/** A freshly read list, with the ephemeral messages that the server no longer tells of. */
export function refresh(fresh: readonly Message[], known: readonly Message[]): Message[] {
  const whispers = known.filter((message) => message.ephemeral_for !== undefined);
  return whispers.reduce((list: Message[], message) => place(list, message), [...fresh]);
}

/** Whether a message begins a new visual group: another author, another kind, or five minutes later. */
export function opensGroup(message: Message, before: Message | undefined): boolean {
  if (!before || before.user !== message.user || before.ephemeral_for !== message.ephemeral_for) return true;
  if (isReply(message) !== isReply(before)) return true;
  return Number(message.ts) - Number(before.ts) > 300;
}
