import { useEffect, useRef } from 'preact/hooks';
import type { Channel } from '../../page-api.ts';
import { api } from '../state/api.ts';
import { isReply, opensGroup, threadKey } from '../state/messages.ts';
import type { Change } from '../state/reduce.ts';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';
import { MessageView } from './message.tsx';
import { useSandbox } from './sandbox.tsx';
import { useMessageKeys } from './use-message-keys.ts';
import { useStickToEnd } from './use-stick-to-end.ts';
import { Working } from './working.tsx';

interface ThreadPanelProps {
  channel: Channel;
  root: string;
  onClose: () => void;
}

/** A thread beside its channel. */
export function ThreadPanel({ channel, root, onClose }: ThreadPanelProps) {
  const { state, me, dispatch, load } = useSandbox();
  const list = useRef<HTMLDivElement>(null);
  const messages = state.threads[threadKey(channel.id, root)];
  const replies = messages?.filter(isReply) ?? [];
  useStickToEnd(list, null);
  const onListKeys = useMessageKeys(list);

  // Again after each reconnection: replies may have been missed.
  useEffect(() => {
    if (state.link !== 'live') return;
    const read = async (): Promise<Change> => {
      const messages = await api.messages({ user: me.id, channel: channel.id, thread: root });
      return { type: 'thread', channel: channel.id, root, messages };
    };
    load(read).catch((fault: unknown) =>
      dispatch({ type: 'notice', user: me.id, text: `The thread could not be read: ${String(fault)}` }),
    );
  }, [channel.id, root, me.id, state.link]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };
  return (
    <aside class="thread" aria-label={`Thread in ${channel.name}`} onKeyDown={onKeyDown}>
      <header class="view-head">
        <h2>
          Thread <span class="thread-channel">#{channel.name}</span>
        </h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the thread"
          title="Close the thread"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div
        ref={list}
        class="list"
        role="log"
        aria-live="off"
        aria-label="Messages in the thread"
        onKeyDown={onListKeys}
      >
        <div class="list-content">
          {messages?.map((message, at) => (
            <div key={message.ts}>
              <MessageView message={message} opens={at < 2 || opensGroup(message, messages[at - 1])} inThread />
              {at === 0 && replies.length > 0 && (
                <div class="day-line" role="separator">
                  <span>
                    {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
                  </span>
                </div>
              )}
            </div>
          ))}
        </div>
      </div>
      <Working />
      <Composer channel={channel} thread={root} placeholder="Reply…" />
    </aside>
  );
}
