import { PlainText } from '../text-object.tsx';
import type { Json } from './surface.tsx';

/** A `header` block. */
export function Header({ block }: { block: Json }) {
  return (
    <h3 class="block-header">
      <PlainText of={block['text']} />
    </h3>
  );
}
