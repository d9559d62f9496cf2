import { readArray, readObject, readString } from '../../text/read-json.ts';
import { Element } from '../elements/element.tsx';
import type { Json } from './surface.tsx';

/** An `actions` block: its elements in a row. */
export function Actions({ block }: { block: Json }) {
  const blockId = readString(block['block_id']);
  return (
    <div class="actions">
      {readArray(block['elements'])
        .map(readObject)
        .map((element) => (
          <Element key={readString(element['action_id'])} spot={{ blockId, element }} tells />
        ))}
    </div>
  );
}
