import type { WebClient } from '@slack/web-api';
import { type CallOutcome, callOutcome } from './call-outcome.ts';

/** Files for one person, in their conversation with Retort. */
export interface Files {
  send(user: string, file: { filename: string; title: string; content: string }): Promise<CallOutcome<void>>;
}

export function createFiles(client: WebClient): Files {
  return {
    send: (user, { filename, title, content }) =>
      callOutcome(async () => {
        const { channel } = await client.conversations.open({ users: user });
        if (channel?.id === undefined) throw new Error('Slack opened a conversation without an id');
        await client.files.uploadV2({ channel_id: channel.id, file: Buffer.from(content, 'utf8'), filename, title });
      }),
  };
}
