import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Post } from './notifier.ts';

/** The address under which people open a message; null where Slack does not say: a link is no reason to fail. */
export type Permalink = (post: Post) => Promise<string | null>;

/** Nor is it one to wait: a form has to be answered within three seconds. */
const PATIENCE_MS = 1_000;

export function createPermalink(client: WebClient): Permalink {
  const ask = async ({ channel, ts }: Post): Promise<string | null> => {
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      return permalink !== undefined && /^https?:\/\/[^\s<>|]+$/.test(permalink) ? permalink : null;
    } catch {
      return null;
    }
  };
  return (post) => Promise.race([ask(post), sleep(PATIENCE_MS, null, { ref: false })]);
}
