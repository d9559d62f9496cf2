import { Modal } from './modal.tsx';
import { useSandbox } from './sandbox.tsx';

/** The stack of open modals: those below keep what was filled in. */
export function Modals() {
  const { state } = useSandbox();
  return (
    <>
      {state.views.map((view, at) => (
        <Modal key={view.id} view={view} depth={at} top={at === state.views.length - 1} />
      ))}
    </>
  );
}
