import { readArray, readNumber, readObject, readString } from '../../text/read-json.ts';
import { Icon } from '../icon.tsx';
import { useSandbox } from '../sandbox.tsx';
import { describe, type ElementProps } from './describe.ts';
import { ExternalSearch } from './external-select.tsx';
import { keyOf, offered, wordsOf } from './options.ts';
import { SelectList } from './select-list.tsx';
import { useValue } from './use-value.ts';

/** Several options, people or channels: each chosen one can be taken away, and a select adds the rest. */
export function MultiSelect(props: ElementProps) {
  const { workspace, me } = useSandbox();
  const { value, choose } = useValue(props.spot, props.tells);
  const { element } = props.spot;
  const picks = offered(element, workspace, me.id);
  const chosen = readArray(value);
  const keys = chosen.map(keyOf);
  const labelOf = (item: unknown) =>
    picks.find(({ key }) => key === keyOf(item))?.label ?? (wordsOf(readObject(item)['text']) || keyOf(item));
  const rest = picks.filter(({ key }) => !keys.includes(key));
  const most = readNumber(element['max_selected_items']);
  const full = most > 0 && chosen.length >= most;
  const external = readString(element['type']) === 'multi_external_select';
  return (
    <div class="multi" role="group" {...describe(props)}>
      {chosen.map((item) => (
        <span class="chip" key={keyOf(item)}>
          {labelOf(item)}
          <button
            type="button"
            aria-label={`Remove ${labelOf(item)}`}
            onClick={() => choose(chosen.filter((other) => other !== item))}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      {external && !full && (
        <ExternalSearch props={props} onPick={(pick) => keys.includes(pick.key) || choose([...chosen, pick.value])} />
      )}
      {!external && rest.length > 0 && !full && (
        <select
          class="select"
          {...describe(props)}
          value=""
          onChange={({ currentTarget }) => {
            const pick = picks.find(({ key }) => key === currentTarget.value);
            if (pick) choose([...chosen, pick.value]);
          }}
        >
          <option value="">{chosen.length > 0 ? 'Add…' : wordsOf(element['placeholder']) || 'Choose…'}</option>
          <SelectList picks={rest} />
        </select>
      )}
    </div>
  );
}
