import type { WebClient } from '@slack/web-api';
import { type CallOutcome, callOutcome } from './call-outcome.ts';
import type { Post } from './notifier.ts';

export interface ThreadFile {
  filename: string;
  content: Uint8Array;
  /** mrkdwn, and the text of the message that bears the file. */
  comment: string;
}

/** Files into the threads of posts. */
export interface ThreadFiles {
  upload(post: Post, file: ThreadFile): Promise<CallOutcome<void>>;
}

export function createThreadFiles(client: WebClient): ThreadFiles {
  return {
    upload: ({ channel, ts }, { filename, content, comment }) =>
      callOutcome(async () => {
        await client.filesUploadV2({
          channel_id: channel,
          thread_ts: ts,
          file: Buffer.from(content),
          filename,
          title: filename,
          initial_comment: comment,
        });
      }),
  };
}
