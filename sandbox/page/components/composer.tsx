import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Channel } from '../../page-api.ts';
import { api } from '../state/api.ts';
import { type Completion, complete } from '../state/complete.ts';
import { CompletionList } from './completion-list.tsx';
import { Icon } from './icon.tsx';
import { useSandbox } from './sandbox.tsx';
import { useHistory } from './use-history.ts';

interface ComposerProps {
  channel: Channel;
  thread?: string;
  placeholder: string;
}

/** The field to write in: Enter sends, Shift+Enter breaks the line, `/`, `@` and `#` complete, arrow up recalls. */
export function Composer({ channel, thread, placeholder }: ComposerProps) {
  const { workspace, me, ask } = useSandbox();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [draft, setDraft] = useState('');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(-1);
  const [closed, setClosed] = useState(false);
  const history = useHistory();
  const commands = thread ? [] : workspace.commands;
  const { from, to, choices, eager } = complete(draft, caret, commands, workspace);
  const open = choices.length > 0 && draft !== '' && !closed;

  useEffect(() => {
    if (thread) field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  }, [draft]);

  const write = (text: string, at = text.length) => {
    setDraft(text);
    setCaret(at);
    setActive(-1);
    setClosed(false);
    // After the new text is in place.
    queueMicrotask(() => requestAnimationFrame(() => field.current?.setSelectionRange(at, at)));
  };
  const take = ({ insert }: Completion) => {
    write(draft.slice(0, from) + insert + draft.slice(to), from + insert.length);
    field.current?.focus();
  };
  const send = () => {
    const text = draft.trim();
    if (text === '') return;
    history.add(text);
    write('');
    void ask(api.say({ user: me.id, channel: channel.id, text, ...(thread ? { thread_ts: thread } : {}) }));
  };
  const onListKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % choices.length);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? choices.length - 1 : active - 1);
    else if (event.key === 'Escape') setClosed(true);
    else if (event.key === 'Tab' || (event.key === 'Enter' && (eager || active >= 0))) {
      const choice = choices[Math.max(0, active)];
      if (choice) take(choice);
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const recalled =
      event.key === 'ArrowUp' ? history.older(draft) : event.key === 'ArrowDown' ? history.newer(draft) : null;
    if (event.key !== 'Enter' && recalled !== null && (!open || history.browsing())) {
      write(recalled);
      setClosed(true);
    } else if (!onListKey(event)) {
      if (event.key !== 'Enter' || event.shiftKey) return;
      send();
    }
    event.preventDefault();
  };
  const track = () => setCaret(field.current?.selectionStart ?? 0);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {open && <CompletionList id={id} choices={choices} active={eager ? Math.max(0, active) : active} onTake={take} />}
      <textarea
        ref={field}
        id={thread ? undefined : 'composer'}
        rows={1}
        placeholder={placeholder}
        aria-label={thread ? 'Reply in the thread' : `Message ${channel.name}`}
        aria-haspopup="listbox"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open && (eager || active >= 0) ? `${id}-${Math.max(0, active)}` : undefined}
        value={draft}
        onInput={({ currentTarget }) => {
          setDraft(currentTarget.value);
          setActive(-1);
          setClosed(false);
          history.leave();
          track();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={track}
        onClick={track}
        onBlur={() => setClosed(true)}
      />
      <button type="submit" class="send" aria-label="Send" title="Send (Enter)" disabled={draft.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}
