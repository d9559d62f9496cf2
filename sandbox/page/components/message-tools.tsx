import type { Message } from '../../page-api.ts';
import { Icon } from './icon.tsx';
import { useSandbox } from './sandbox.tsx';

/** What can be done with a message; it shows on hover and on focus. */
export function MessageTools({ message, inThread }: { message: Message; inThread: boolean }) {
  const { go } = useSandbox();
  const { channel: id, ts, thread_ts } = message;
  const copy = () => void navigator.clipboard?.writeText(`${location.origin}/#/${id}/p${ts.replace('.', '')}`);
  return (
    <div class="tools">
      {!inThread && (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => go({ kind: 'channel', id, thread: thread_ts ?? ts })}
        >
          <Icon name="thread" size={16} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label="Copy link to message"
        title="Copy link to message"
        onClick={copy}
      >
        <Icon name="link" size={16} />
      </button>
    </div>
  );
}
