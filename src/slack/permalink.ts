import type { WebClient } from '@slack/web-api';
import type { Post } from './notifier.ts';

/** The address under which people open a message; null where Slack does not say: a link is no reason to fail. */
export type Permalink = (post: Post) => Promise<string | null>;

export function createPermalink(client: WebClient): Permalink {
  return async ({ channel, ts }) => {
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      return permalink !== undefined && /^https?:\/\/[^\s<>|]+$/.test(permalink) ? permalink : null;
    } catch {
      return null;
    }
  };
}
