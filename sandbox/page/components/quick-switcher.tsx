import { useId, useState } from 'preact/hooks';
import type { Channel } from '../../page-api.ts';
import type { Place } from '../state/place.ts';
import { Dialog } from './dialog.tsx';
import { Icon, type IconName } from './icon.tsx';
import { useSandbox } from './sandbox.tsx';

interface Goal {
  key: string;
  icon: IconName;
  label: string;
  place: Place;
}

/** Goes to a channel or to Home by a few letters of its name. */
export function QuickSwitcher({ channels, onClose }: { channels: Channel[]; onClose: () => void }) {
  const { workspace, go } = useSandbox();
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const goals: Goal[] = [
    ...channels.map(({ id: channel, name, is_private }): Goal => {
      return { key: channel, icon: is_private ? 'lock' : 'hash', label: name, place: { kind: 'channel', id: channel } };
    }),
    { key: 'home', icon: 'home', label: `${workspace.app.name} Home`, place: { kind: 'home' } },
  ];
  const found = goals.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()));
  const take = (goal: Goal | undefined) => {
    if (!goal) return;
    onClose();
    go(goal.place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = Math.max(1, found.length);
    if (event.key === 'ArrowDown') setActive((active + 1) % count);
    else if (event.key === 'ArrowUp') setActive((active - 1 + count) % count);
    else if (event.key === 'Enter') take(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label="Jump to" class="switcher" onClose={onClose}>
      <input
        class="input"
        role="combobox"
        aria-label="Jump to a channel or to Home"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Jump to…"
        value={query}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label="Places">
        {found.map((goal, at) => (
          <li key={goal.key} id={`${id}-${at}`} role="option" aria-selected={at === active} onClick={() => take(goal)}>
            <Icon name={goal.icon} size={16} /> {goal.label}
          </li>
        ))}
        {found.length === 0 && <li class="nothing">Nothing by that name</li>}
      </ul>
      <p class="switcher-keys">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> go · <kbd>/</kbd> begins a command anywhere
      </p>
    </Dialog>
  );
}
