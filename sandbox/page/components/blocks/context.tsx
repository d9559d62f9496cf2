import { readArray, readObject } from '../../text/read-json.ts';
import { TextObject } from '../text-object.tsx';
import { ImageBox } from './image.tsx';
import type { Json } from './surface.tsx';

/** A `context` block: small print. */
export function Context({ block }: { block: Json }) {
  return (
    <div class="context">
      {readArray(block['elements'])
        .map(readObject)
        .map((element) =>
          element['type'] === 'image' ? (
            <ImageBox image={element} class="image-context" />
          ) : (
            <TextObject of={element} />
          ),
        )}
    </div>
  );
}
