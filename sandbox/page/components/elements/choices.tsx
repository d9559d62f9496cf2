import { useId } from 'preact/hooks';
import { readArray, readObject, readString } from '../../text/read-json.ts';
import { PlainText, TextObject } from '../text-object.tsx';
import { describe, type ElementProps } from './describe.ts';
import { optionKey } from './options.ts';
import { useValue } from './use-value.ts';

/** Checkboxes or radio buttons. */
export function Choices(props: ElementProps) {
  const { value, choose } = useValue(props.spot, props.tells);
  const id = useId();
  const { element } = props.spot;
  const many = element['type'] === 'checkboxes';
  const options = readArray(element['options']);
  const chosen = new Set((many ? readArray(value) : [value]).filter(Boolean).map(optionKey));
  const toggle = (option: unknown) => {
    if (!many) return choose(option);
    const key = optionKey(option);
    return choose(options.filter((other) => (optionKey(other) === key) !== chosen.has(optionKey(other))));
  };
  return (
    <div class="choices" role={many ? 'group' : 'radiogroup'} {...describe(props)}>
      {options.map((option) => (
        <label class="choice" key={optionKey(option)}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={`${id}-${readString(element['action_id'])}`}
            checked={chosen.has(optionKey(option))}
            onChange={() => toggle(option)}
          />
          <span>
            <TextObject of={readObject(option)['text']} />
            {readObject(option)['description'] ? (
              <small>
                <PlainText of={readObject(option)['description']} />
              </small>
            ) : null}
          </span>
        </label>
      ))}
    </div>
  );
}
