import { nameMentions } from './name-mentions.ts';
import { useSandbox } from './sandbox.tsx';

/** A person, a group or a channel named in text; a channel can be opened. */
export function Mention({ kind, id, label }: { kind: 'user' | 'channel' | 'usergroup'; id: string; label: string }) {
  const { workspace, me, go } = useSandbox();
  const name = nameMentions(workspace)(kind, id, label);
  if (kind === 'channel' && workspace.channels.some((channel) => channel.id === id)) {
    return (
      <button type="button" class="mention" onClick={() => go({ kind: 'channel', id })}>
        {name}
      </button>
    );
  }
  const group = workspace.groups.find((candidate) => candidate.id === id);
  const isMe = kind === 'user' ? id === me.id : group?.users.includes(me.id);
  return (
    <span class={isMe ? 'mention mention-me' : 'mention'} title={group?.name}>
      {name}
    </span>
  );
}
