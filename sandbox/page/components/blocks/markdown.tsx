import { useMemo } from 'preact/hooks';
import { parseMarkdown } from '../../text/markdown.ts';
import { readString } from '../../text/read-json.ts';
import { Flows } from '../flows.tsx';
import type { Json } from './surface.tsx';

/** A `markdown` block. */
export function Markdown({ block }: { block: Json }) {
  const flows = useMemo(() => parseMarkdown(readString(block['text'])), [block]);
  return (
    <div class="text markdown">
      <Flows flows={flows} />
    </div>
  );
}
