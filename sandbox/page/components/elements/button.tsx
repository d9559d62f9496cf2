import { safeUrl } from '../../text/safe-url.ts';
import { readObject, readString } from '../../text/read-json.ts';
import { type Spot, spotKey, useSurface } from '../blocks/surface.tsx';
import { PlainText } from '../text-object.tsx';

/** A button; one with a `url` opens it and tells the app, as Slack does. */
export function Button({ spot }: { spot: Spot }) {
  const { busy, act } = useSurface();
  const { element } = spot;
  const url = safeUrl(readString(element['url']));
  const busyHere = busy === spotKey(spot);
  const press = () => {
    if (url) open(url, '_blank', 'noopener,noreferrer');
    const value = element['value'] === undefined ? {} : { value: element['value'] };
    void act(spot, { text: element['text'], ...value });
  };
  const style = element['style'] === 'primary' || element['style'] === 'danger' ? `button-${element['style']}` : '';
  return (
    <button
      type="button"
      class={`button ${style}`}
      // Not `disabled`: the focus must not be lost while the app answers.
      aria-disabled={busyHere}
      aria-busy={busyHere}
      aria-label={readString(element['accessibility_label']) || undefined}
      title={
        readString(readObject(element['text'])['text']).length > 40
          ? readString(readObject(element['text'])['text'])
          : undefined
      }
      onClick={() => !busyHere && press()}
    >
      <PlainText of={element['text']} />
    </button>
  );
}
