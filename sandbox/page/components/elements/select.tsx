import { useSandbox } from '../sandbox.tsx';
import { describe, type ElementProps } from './describe.ts';
import { keyOf, offered, wordsOf } from './options.ts';
import { SelectList } from './select-list.tsx';
import { useValue } from './use-value.ts';

/** A select of one option, person or channel: the browser's own, which every keyboard and screen reader knows. */
export function Select(props: ElementProps) {
  const { workspace, me } = useSandbox();
  const { value, busy, choose } = useValue(props.spot, props.tells);
  const { element } = props.spot;
  const picks = offered(element, workspace, me.id);
  const current = value === null ? '' : keyOf(value);
  return (
    <select
      class="select"
      {...describe(props)}
      value={current}
      aria-busy={busy}
      onChange={({ currentTarget }) => choose(picks.find(({ key }) => key === currentTarget.value)?.value ?? null)}
    >
      <option value="" disabled={!props.optional} hidden={!props.optional && current !== ''}>
        {wordsOf(element['placeholder']) || 'Choose…'}
      </option>
      <SelectList picks={picks} />
    </select>
  );
}
