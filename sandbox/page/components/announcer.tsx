import { useEffect, useRef, useState } from 'preact/hooks';
import { threadKey } from '../state/messages.ts';
import { parseMrkdwn } from '../text/mrkdwn.ts';
import { sayPlainly } from '../text/say-plainly.ts';
import { nameMentions } from './name-mentions.ts';
import { useSandbox } from './sandbox.tsx';

/** Reads new messages of others to screen readers, as they come into the channel or thread that is open. */
export function Announcer({ channel, thread }: { channel: string | undefined; thread: string | undefined }) {
  const { state, workspace, me } = useSandbox();
  const key = channel && thread ? threadKey(channel, thread) : '';
  const last = (state.threads[key] ?? state.messages[channel ?? ''])?.at(-1);
  const place = useRef('');
  const [words, setWords] = useState('');
  useEffect(() => {
    const here = `${channel}/${thread}`;
    const arrived = place.current === here;
    if (last) place.current = here;
    if (!arrived || !last || last.user === me.id) return;
    const author = workspace.people.find(({ id }) => id === last.user)?.real_name ?? workspace.app.name;
    setWords(`${author}: ${sayPlainly(parseMrkdwn(last.text), nameMentions(workspace))}`);
  }, [last?.ts, channel, thread]);
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}
