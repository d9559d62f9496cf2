import { useMemo } from 'preact/hooks';
import type { Container, Message } from '../../page-api.ts';
import { Attachment } from './attachment.tsx';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceProvider } from './blocks/surface.tsx';
import { FileCard } from './file-card.tsx';
import { Reactions } from './reactions.tsx';
import { Mrkdwn } from './text-object.tsx';

function containerOf({ channel, ts, thread_ts, ephemeral_for }: Message): Container {
  if (ephemeral_for !== undefined) return { type: 'ephemeral', channel, ts };
  return { type: 'message', channel, ts, ...(thread_ts ? { thread_ts } : {}) };
}

/** What a message says: its blocks, or its text where it has none, then attachments, files and reactions. */
export function MessageBody({ message }: { message: Message }) {
  const { blocks, attachments = [], files = [], reactions = [] } = message;
  const container = useMemo(() => containerOf(message), [message.ts, message.channel, message.thread_ts]);
  return (
    <div class="body">
      {blocks && blocks.length > 0 ? (
        <SurfaceProvider container={container} blocks={blocks}>
          {(all) => <Blocks blocks={all} />}
        </SurfaceProvider>
      ) : (
        message.text !== '' && <Mrkdwn source={message.text} />
      )}
      {attachments.map((attachment, at) => (
        <Attachment key={at} attachment={attachment} container={container} />
      ))}
      {files.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
      {message.edited && (
        <span class="edited" title={new Date(Number(message.edited.ts) * 1000).toLocaleString()}>
          (edited)
        </span>
      )}
      <Reactions reactions={reactions} />
    </div>
  );
}
