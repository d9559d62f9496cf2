import type { Message } from '../../page-api.ts';
import { isReply, threadKey } from '../state/messages.ts';
import { relativeTime } from '../text/slack-date.ts';
import { useSandbox } from './sandbox.tsx';
import { toDate } from './time.tsx';

/** How many replies a message has, as the way into its thread. */
export function RepliesLink({ message }: { message: Message }) {
  const { state } = useSandbox();
  const known = (state.threads[threadKey(message.channel, message.ts)] ?? []).filter(
    (reply) => isReply(reply) && !reply.ephemeral_for,
  );
  const count = Math.max(message.reply_count ?? 0, known.length);
  if (count === 0 || isReply(message)) return null;
  const last = known.at(-1);
  return (
    <a class="replies" href={`#/${message.channel}/t${message.ts.replace('.', '')}`}>
      {count} {count === 1 ? 'reply' : 'replies'}
      <span>{last ? `last ${relativeTime(toDate(last.ts), { now: new Date() })}` : 'open the thread'}</span>
    </a>
  );
}
