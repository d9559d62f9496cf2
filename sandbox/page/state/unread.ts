import type { Message } from '../../page-api.ts';

/** The newest `ts` that a person has seen, by channel. */
export type ReadMarks = Record<string, string>;

const isNews = (message: Message, user: string, mark: string) => message.ts > mark && message.user !== user;

/** How many messages of others came after the mark. */
export function countUnread(messages: readonly Message[], user: string, mark: string): number {
  return messages.filter((message) => isNews(message, user, mark)).length;
}

/** The `ts` of the message above which "New" stands; null where all is read or nothing ever was. */
export function firstUnread(messages: readonly Message[], user: string, mark: string | undefined): string | null {
  if (mark === undefined) return null;
  return messages.find((message) => isNews(message, user, mark))?.ts ?? null;
}
