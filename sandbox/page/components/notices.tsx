import { useEffect } from 'preact/hooks';
import type { Notice } from '../state/reduce.ts';
import { Icon } from './icon.tsx';
import { useSandbox } from './sandbox.tsx';

const SHOWN_MS = 15_000;

function Toast({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <li class="notice">
      <Icon name="warning" />
      <span>{notice.text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" size={15} />
      </button>
    </li>
  );
}

/** Failures that the person should know of; they go by themselves. */
export function Notices() {
  const { state, dispatch } = useSandbox();
  return (
    <ul class="notices" role="alert">
      {state.notices.map((notice) => (
        <Toast key={notice.id} notice={notice} onDismiss={() => dispatch({ type: 'dismiss', id: notice.id })} />
      ))}
    </ul>
  );
}
