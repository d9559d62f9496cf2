import { readObject, readString } from '../text/read-json.ts';
import { Dialog } from './dialog.tsx';
import { PlainText, TextObject } from './text-object.tsx';

interface ConfirmProps {
  /** Slack's confirmation object. */
  confirm: Record<string, unknown>;
  onAnswer: (yes: boolean) => void;
}

/** Asks before an action that has a `confirm` object. */
export function ConfirmDialog({ confirm, onAnswer }: ConfirmProps) {
  const title = readString(readObject(confirm['title'])['text']) || 'Are you sure?';
  const danger = confirm['style'] === 'danger';
  return (
    <Dialog label={title} role="alertdialog" class="dialog-small" onClose={() => onAnswer(false)}>
      <header class="dialog-head">
        <h2>{title}</h2>
      </header>
      <div class="dialog-body">
        <TextObject of={confirm['text']} />
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          {confirm['deny'] ? <PlainText of={confirm['deny']} /> : 'Cancel'}
        </button>
        <button
          type="button"
          class={danger ? 'button button-danger' : 'button button-primary'}
          onClick={() => onAnswer(true)}
        >
          {confirm['confirm'] ? <PlainText of={confirm['confirm']} /> : 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
