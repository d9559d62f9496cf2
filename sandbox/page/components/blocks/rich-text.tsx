import { useMemo } from 'preact/hooks';
import { parseRichText } from '../../text/rich-text.ts';
import { Flows } from '../flows.tsx';
import type { Json } from './surface.tsx';

/** A `rich_text` block. */
export function RichText({ block }: { block: Json }) {
  const flows = useMemo(() => parseRichText(block), [block]);
  return (
    <div class="text">
      <Flows flows={flows} />
    </div>
  );
}
