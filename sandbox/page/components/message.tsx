import type { Message } from '../../page-api.ts';
import { isReply } from '../state/messages.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageTools } from './message-tools.tsx';
import { messageId } from './message-list.tsx';
import { RepliesLink } from './replies-link.tsx';
import { useSandbox } from './sandbox.tsx';
import { Time } from './time.tsx';

interface MessageViewProps {
  message: Message;
  /** Whether it begins a group and so shows its author. */
  opens: boolean;
  inThread?: boolean;
  /** Whether it is the one that was linked to. */
  target?: boolean;
}

/** One message, with its author, its body and what hangs on it. */
export function MessageView({ message, opens, inThread = false, target = false }: MessageViewProps) {
  const { workspace } = useSandbox();
  const author = workspace.people.find(({ id }) => id === message.user);
  const name =
    author?.real_name || author?.name || (message.user === workspace.app.bot_user ? workspace.app.name : 'Someone');
  const whisper = message.ephemeral_for !== undefined;
  const names = [
    'message',
    opens ? 'message-opens' : '',
    whisper ? 'message-whisper' : '',
    target ? 'message-target' : '',
  ];
  return (
    <article
      id={inThread ? undefined : messageId(message.ts)}
      class={names.filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-label={`Message from ${name}`}
    >
      <div class="gutter">{opens ? <Avatar person={author} /> : <Time ts={message.ts} />}</div>
      <div class="message-main">
        {whisper && (
          <p class="whisper">
            <Icon name="eye" size={14} /> Only visible to you
          </p>
        )}
        {opens && (
          <header class="author">
            <strong>{name}</strong>
            {author?.is_bot && <span class="tag">app</span>}
            {author?.is_restricted && <span class="tag">guest</span>}
            <Time ts={message.ts} />
          </header>
        )}
        {!inThread && isReply(message) && (
          <p class="broadcast">
            <Icon name="thread" size={14} /> from a thread:{' '}
            <a href={`#/${message.channel}/t${message.thread_ts?.replace('.', '')}`}>open it</a>
          </p>
        )}
        <MessageBody message={message} />
        {!inThread && !whisper && <RepliesLink message={message} />}
      </div>
      {!whisper && <MessageTools message={message} inThread={inThread} />}
    </article>
  );
}
