import { useId } from 'preact/hooks';
import { readObject, readString } from '../../text/read-json.ts';
import { Element } from '../elements/element.tsx';
import { PlainText } from '../text-object.tsx';
import { type Json, useSurface } from './surface.tsx';

const GROUPS = new Set(['checkboxes', 'radio_buttons']);

function focusFirst({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.closest('.field')?.querySelector<HTMLElement>('input, textarea, select')?.focus();
}

/** An `input` block: a label, an element, a hint, and what is wrong with it. */
export function Input({ block }: { block: Json }) {
  const { errors } = useSurface();
  const id = useId();
  const blockId = readString(block['block_id']);
  const element = readObject(block['element']);
  const error = errors[blockId];
  const described = [block['hint'] ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const optional = block['optional'] === true;
  return (
    <div class={error ? 'field field-wrong' : 'field'} data-block={blockId}>
      <span class="label" id={`${id}-label`} onClick={GROUPS.has(readString(element['type'])) ? undefined : focusFirst}>
        <PlainText of={block['label']} />
        {optional && <span class="optional"> (optional)</span>}
      </span>
      <Element
        spot={{ blockId, element }}
        tells={block['dispatch_action'] === true}
        labelledBy={`${id}-label`}
        describedBy={described}
        invalid={error !== undefined}
        optional={optional}
      />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {block['hint'] ? (
        <p class="hint" id={`${id}-hint`}>
          <PlainText of={block['hint']} />
        </p>
      ) : null}
    </div>
  );
}
