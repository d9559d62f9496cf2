import { readArray, readNumber, readObject, readString } from '../../text/read-json.ts';
import { describe, type ElementProps } from './describe.ts';
import { wordsOf } from './options.ts';
import { useValue } from './use-value.ts';

/** A field for text, a number, an email address or a URL; in one that dispatches, Enter tells the app. */
export function TextInput(props: ElementProps) {
  const { element } = props.spot;
  const triggers = readArray(readObject(element['dispatch_action_config'])['trigger_actions_on']);
  const tellsEach = props.tells && triggers.includes('on_character_entered');
  const tellsEnter = props.tells && (triggers.length === 0 || triggers.includes('on_enter_pressed'));
  const { value, keep, choose, tell } = useValue(props.spot, tellsEach);
  const text = readString(value);
  const most = readNumber(element['max_length']);
  const multiline = element['multiline'] === true;
  const shared = {
    ...describe(props),
    placeholder: wordsOf(element['placeholder']),
    value: text,
    autoFocus: element['focus_on_load'] === true,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const next = currentTarget.value === '' ? null : currentTarget.value;
      (tellsEach ? choose : keep)(next);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!tellsEnter || multiline || event.key !== 'Enter') return;
      event.preventDefault();
      tell();
    },
  };
  const modes = { number_input: 'decimal', email_text_input: 'email', url_text_input: 'url' } as const;
  const mode = modes[readString(element['type']) as keyof typeof modes] ?? 'text';
  return (
    <>
      {multiline ? (
        <textarea class="input" rows={4} {...shared} />
      ) : (
        <input class="input" type="text" inputMode={mode} {...shared} />
      )}
      {most > 0 && text.length > most * 0.8 && (
        <span class={text.length > most ? 'counter counter-over' : 'counter'}>
          {text.length} / {most}
        </span>
      )}
    </>
  );
}
