import type { Reaction } from '../../page-api.ts';
import { emojiFor } from '../text/emoji.ts';
import { useSandbox } from './sandbox.tsx';

/** The reactions on a message. */
export function Reactions({ reactions }: { reactions: Reaction[] }) {
  const { workspace, me } = useSandbox();
  if (reactions.length === 0) return null;
  const nameOf = (id: string) => workspace.people.find((person) => person.id === id)?.real_name ?? id;
  return (
    <ul class="reactions" aria-label="Reactions">
      {reactions.map(({ name, users }) => (
        <li
          key={name}
          class={users.includes(me.id) ? 'reaction reaction-mine' : 'reaction'}
          title={`${users.map(nameOf).join(', ')} · :${name}:`}
        >
          <span role="img" aria-label={name.replaceAll('_', ' ')}>
            {emojiFor(name) ?? `:${name}:`}
          </span>{' '}
          {users.length}
        </li>
      ))}
    </ul>
  );
}
