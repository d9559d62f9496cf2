import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  label: string;
  class?: string;
  role?: 'dialog' | 'alertdialog';
  /** Asked for with Escape. */
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog: the browser keeps the focus inside and gives it back at the end. */
export function Dialog({ label, class: name = '', role = 'dialog', onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const cancel = (event: Event) => {
    if (event.target !== ref.current) return;
    event.preventDefault();
    onClose();
  };
  return (
    // A second Escape closes it in spite of the first one's refusal, so `close` counts too.
    <dialog ref={ref} class={`dialog ${name}`} role={role} aria-label={label} onCancel={cancel} onClose={cancel}>
      {children}
    </dialog>
  );
}
