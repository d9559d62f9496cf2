import { useMemo, useRef, useState } from 'preact/hooks';
import type { InputState, View } from '../../page-api.ts';
import { api } from '../state/api.ts';
import { carryOver, problemsOf, withIds } from '../state/fields.ts';
import { readString } from '../text/read-json.ts';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceProvider } from './blocks/surface.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { Notices } from './notices.tsx';
import { useSandbox } from './sandbox.tsx';
import { PlainText } from './text-object.tsx';

interface ModalProps {
  view: View;
  /** How many modals lie below. */
  depth: number;
  top: boolean;
}

/** A modal view: checks what must be filled, submits, and shows at each field what the app refused. */
export function Modal({ view, depth, top }: ModalProps) {
  const { me, state, dispatch, ask } = useSandbox();
  const form = useRef<HTMLFormElement>(null);
  const values = useRef<InputState>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [sending, setSending] = useState(false);
  const container = useMemo(() => ({ type: 'view' as const, view_id: view.id }), [view.id]);
  const title = view.title?.text ?? '';
  const body = () => ({ user: me.id, view_id: view.id, state: carryOver(withIds(view.blocks), values.current) });

  const show = (found: Record<string, string>) => {
    setErrors(found);
    const blockId =
      withIds(view.blocks)
        .map((block) => readString(block['block_id']))
        .find((id) => id in found) ?? Object.keys(found)[0];
    // After the errors are drawn, so that they are read along with the field.
    requestAnimationFrame(() => {
      form.current
        ?.querySelector<HTMLElement>(`[data-block="${CSS.escape(blockId ?? '')}"] :is(input, textarea, select, button)`)
        ?.focus();
    });
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (sending) return;
    setFailure('');
    const problems = problemsOf(withIds(view.blocks), body().state);
    if (Object.keys(problems).length > 0) return show(problems);
    setSending(true);
    setErrors({});
    const outcome = await api.submit(body());
    setSending(false);
    if (outcome.errors) show(outcome.errors);
    else if (outcome.error) setFailure(outcome.error);
    return undefined;
  };
  const close = () => {
    dispatch({ type: 'view_stack', user: me.id, views: state.views.filter(({ id }) => id !== view.id) });
    void ask(api.close(body()));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && view.submit) void submit(event);
  };
  return (
    <Dialog label={title || 'Dialog'} class={top ? 'modal' : 'modal modal-below'} onClose={close}>
      <form ref={form} noValidate onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown}>
        <header class="dialog-head">
          <h2>{title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={depth > 0 ? 'Back' : 'Close'}
            title={depth > 0 ? 'Back' : 'Close'}
            onClick={close}
          >
            <Icon name="close" />
          </button>
        </header>
        <div class="dialog-body">
          <SurfaceProvider
            container={container}
            blocks={view.blocks}
            errors={errors}
            onValues={(next) => {
              values.current = next;
            }}
          >
            {(blocks) => <Blocks blocks={blocks} />}
          </SurfaceProvider>
        </div>
        {failure && (
          <p class="modal-failure" role="alert">
            <Icon name="warning" size={16} /> {failure}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={close}>
            {view.close ? <PlainText of={view.close} /> : depth > 0 ? 'Back' : view.submit ? 'Cancel' : 'Close'}
          </button>
          {view.submit && (
            <button type="submit" class="button button-primary" aria-disabled={sending} aria-busy={sending}>
              <PlainText of={view.submit} />
            </button>
          )}
        </footer>
      </form>
      {top && <Notices />}
    </Dialog>
  );
}
