import { useMemo } from 'preact/hooks';
import { readNumber, readObject, readString } from '../../text/read-json.ts';
import { parseRichText } from '../../text/rich-text.ts';
import { Flows } from '../flows.tsx';

/** A cell of a table: `raw_text`, `raw_number` or `rich_text`. */
export function Cell({ cell }: { cell: unknown }) {
  const { type, text } = readObject(cell);
  const flows = useMemo(() => (type === 'rich_text' ? parseRichText(cell) : []), [cell]);
  if (type === 'rich_text') return <Flows flows={flows} />;
  if (type === 'raw_number') return <>{readString(text) || readNumber(readObject(cell)['value']).toLocaleString()}</>;
  return <>{readString(text)}</>;
}
