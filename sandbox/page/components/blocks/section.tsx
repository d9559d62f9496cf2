import { readArray, readObject, readString } from '../../text/read-json.ts';
import { Element } from '../elements/element.tsx';
import { TextObject } from '../text-object.tsx';
import type { Json } from './surface.tsx';

/** A `section`: text, fields in two columns, and one element at its side. */
export function Section({ block }: { block: Json }) {
  const fields = readArray(block['fields']);
  const accessory = block['accessory'];
  return (
    <div class={accessory ? 'section section-with' : 'section'}>
      <div class="section-text">
        {block['text'] ? <TextObject of={block['text']} /> : null}
        {fields.length > 0 && (
          <div class="fields">
            {fields.map((field) => (
              <TextObject of={field} />
            ))}
          </div>
        )}
      </div>
      {accessory ? (
        <div class="accessory">
          <Element spot={{ blockId: readString(block['block_id']), element: readObject(accessory) }} tells />
        </div>
      ) : null}
    </div>
  );
}
