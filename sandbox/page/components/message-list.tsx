import { useEffect, useRef, useState } from 'preact/hooks';
import type { Channel, Message } from '../../page-api.ts';
import { opensGroup } from '../state/messages.ts';
import { countUnread, firstUnread } from '../state/unread.ts';
import { DayLine } from './day-line.tsx';
import { Icon } from './icon.tsx';
import { MessageView } from './message.tsx';
import { useSandbox } from './sandbox.tsx';
import { toDate } from './time.tsx';
import { useMessageKeys } from './use-message-keys.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

const NONE: Message[] = [];

export const messageId = (ts: string) => `m-${ts.replace('.', '-')}`;

function Empty({ channel }: { channel: Channel }) {
  const { workspace } = useSandbox();
  const [command] = workspace.commands;
  return (
    <div class="empty">
      <h3>Nothing here yet</h3>
      <p>
        This is the beginning of #{channel.name}.{' '}
        {command && (
          <>
            Try <code>{command.command} help</code> below.
          </>
        )}
      </p>
    </div>
  );
}

/** A channel's messages, with days, the mark of what is new, and the way back to the newest. */
export function MessageList({ channel, at }: { channel: Channel; at: string | undefined }) {
  const { state, me, read, markRead } = useSandbox();
  const list = useRef<HTMLDivElement>(null);
  const messages = state.messages[channel.id] ?? NONE;
  const loaded = state.messages[channel.id] !== undefined;
  // Where the person had read to when they came: the mark stays while they are here.
  const [mark] = useState(read[channel.id]);
  const news = firstUnread(messages, me.id, mark);
  const { atEnd, toEnd } = useStickToEnd(list, at && loaded ? messageId(at) : null);
  const onKeyDown = useMessageKeys(list);
  const last = messages.at(-1)?.ts;
  const below = atEnd ? 0 : countUnread(messages, me.id, read[channel.id] ?? '');

  useEffect(() => {
    const seen = () => atEnd && last && document.visibilityState === 'visible' && markRead(channel.id, last);
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [atEnd, last, channel.id, markRead]);
  // One's own message is always shown, and so is what answers oneself alone.
  useEffect(() => {
    const newest = messages.at(-1);
    if (newest?.user === me.id || newest?.ephemeral_for === me.id) toEnd();
  }, [last]);

  return (
    <div class="list-frame">
      <div
        ref={list}
        class="list"
        role="log"
        aria-live="off"
        aria-label={`Messages in ${channel.name}`}
        onKeyDown={onKeyDown}
      >
        <div class="list-content">
          {loaded && messages.length === 0 && <Empty channel={channel} />}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const newDay = !before || toDate(before.ts).toDateString() !== toDate(message.ts).toDateString();
            const isNews = news === message.ts;
            return (
              <div key={message.ts}>
                {newDay && <DayLine ts={message.ts} />}
                {isNews && (
                  <div class="news-line" role="separator">
                    <span>New</span>
                  </div>
                )}
                <MessageView
                  message={message}
                  opens={newDay || isNews || opensGroup(message, before)}
                  target={message.ts === at}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="to-newest" onClick={toEnd}>
          <Icon name="down" size={15} /> {below > 0 ? `${below} new` : 'Newest'}
        </button>
      )}
    </div>
  );
}
