import { useId, useRef, useState } from 'preact/hooks';
import { api } from '../../state/api.ts';
import { readObject, readString } from '../../text/read-json.ts';
import { useSurface } from '../blocks/surface.tsx';
import { Icon } from '../icon.tsx';
import { useSandbox } from '../sandbox.tsx';
import { describe, type ElementProps } from './describe.ts';
import { type Pick, picksOf, wordsOf } from './options.ts';
import { useValue } from './use-value.ts';

/** A search field whose answers come from the app. */
export function ExternalSearch({ props, onPick }: { props: ElementProps; onPick: (pick: Pick) => void }) {
  const { me } = useSandbox();
  const { container } = useSurface();
  const { blockId, element } = props.spot;
  const id = useId();
  const asked = useRef(0);
  const [query, setQuery] = useState('');
  const [picks, setPicks] = useState<Pick[]>([]);
  const [active, setActive] = useState(0);
  const [problem, setProblem] = useState('');
  const least = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;

  const search = async (value: string) => {
    setQuery(value);
    const turn = ++asked.current;
    if (value.length < least) return setPicks([]);
    const ids = { block_id: blockId, action_id: readString(element['action_id']) };
    const answer = await api.suggest({ user: me.id, container, ...ids, value });
    // A later letter's question overtook this one.
    if (turn !== asked.current) return undefined;
    setActive(0);
    setProblem(answer.error ?? '');
    return setPicks(picksOf(readObject(answer)));
  };
  const take = (pick: Pick | undefined) => {
    if (!pick) return;
    setQuery('');
    setPicks([]);
    onPick(pick);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (picks.length === 0) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % picks.length);
    else if (event.key === 'ArrowUp') setActive((active - 1 + picks.length) % picks.length);
    else if (event.key === 'Enter') take(picks[active]);
    else if (event.key === 'Escape') setPicks([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = picks.length > 0;
  return (
    <div class="combo">
      <input
        class="input"
        role="combobox"
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        {...describe(props)}
        placeholder={wordsOf(element['placeholder']) || (least > 0 ? `Type ${least} letters or more…` : 'Search…')}
        value={query}
        onFocus={() => least === 0 && void search(query)}
        onInput={({ currentTarget }) => void search(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" class="combo-list" hidden={!open}>
        {picks.map((pick, at) => (
          <li
            key={pick.key}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            onPointerDown={() => take(pick)}
          >
            {pick.label}
          </li>
        ))}
      </ul>
      {problem && <p class="field-error">{problem}</p>}
    </div>
  );
}

/** A select of one option that the app looks up as the person types. */
export function ExternalSelect(props: ElementProps) {
  const { value, choose } = useValue(props.spot, props.tells);
  if (value === null) return <ExternalSearch props={props} onPick={(pick) => choose(pick.value)} />;
  return (
    <span class="chip">
      {wordsOf(readObject(value)['text'])}
      <button type="button" aria-label="Choose another" onClick={() => choose(null)}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
