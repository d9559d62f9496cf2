import { useSandbox } from './sandbox.tsx';

/** Says that the app is at work on something this person asked for. */
export function Working() {
  const { state, workspace } = useSandbox();
  return (
    <p class="working" role="status">
      {state.pending > 0 && (
        <>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>{' '}
          {workspace.app.name} is on it…
        </>
      )}
    </p>
  );
}
