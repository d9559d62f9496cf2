import { readObject, readString } from './read-json.ts';
import { parseRichText } from './rich-text.ts';
import { sayPlainly } from './say-plainly.ts';

/** The words of a table's cell, for sorting and searching. */
export function cellWords(cell: unknown): string {
  const { type, text } = readObject(cell);
  return type === 'rich_text' ? sayPlainly(parseRichText(cell), (_, id, label) => label || id) : readString(text);
}

function cellNumber(cell: unknown): number | null {
  const { type, value } = readObject(cell);
  if (type === 'raw_number' && typeof value === 'number') return value;
  const words = cellWords(cell).replace(/[\s,%$€£]/g, '');
  return words !== '' && Number.isFinite(Number(words)) ? Number(words) : null;
}

/** Orders two cells: numbers by value, words by alphabet with their digits counted, numbers before words. */
export function compareCells(a: unknown, b: unknown): number {
  const [left, right] = [cellNumber(a), cellNumber(b)];
  if (left !== null && right !== null) return left - right;
  if (left !== null || right !== null) return left === null ? 1 : -1;
  return cellWords(a).localeCompare(cellWords(b), undefined, { numeric: true, sensitivity: 'base' });
}

/** Whether a column holds numbers and should stand at the right. */
export function isNumeric(rows: readonly (readonly unknown[])[], column: number): boolean {
  return rows.length > 0 && rows.every((row) => readObject(row[column])['type'] === 'raw_number');
}
