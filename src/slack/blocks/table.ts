import type { RichTextBlock, TableBlock } from '@slack/types';
import { cleanText, codeText, escapeText, personText } from '../escape-text.ts';
import { formatNumber, formatUtc } from '../format.ts';
import { type Block, context } from './block.ts';

/** Slack takes 100 rows with the head, and one table a message. */
const MOST_ROWS = 99;
/** Slack takes 10,000 characters in a table; the rest of a message's 13,000 is for its words. */
const MOST_CHARACTERS = 7_000;
const NOTHING = '–';

export type Cell = TableBlock['rows'][number][number];
type Inline = Extract<RichTextBlock['elements'][number], { type: 'rich_text_section' }>['elements'][number];

export interface Column<Row> {
  title: string;
  /** Numbers stand at the right. */
  align?: 'right';
  isWrapped?: true;
  cell: (row: Row) => Cell;
}

/**
 * Rows as Slack's native table, as many as it takes, and how many were left out. Messages only: `tableLines` says the same
 * elsewhere. The first column names the row.
 */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  mostCharacters = MOST_CHARACTERS,
): Block[] {
  if (rows.length === 0) return [];
  const head: Cell[] = columns.map(({ title }) => plainCell(title));
  let characters = head.reduce((sum, cell) => sum + lengthOf(cell), 0);
  const shown: Cell[][] = [];
  for (const row of rows.slice(0, MOST_ROWS)) {
    const cells = columns.map(({ cell }) => cell(row));
    characters += cells.reduce((sum, cell) => sum + lengthOf(cell), 0);
    if (characters > mostCharacters) break;
    shown.push(cells);
  }
  const left = rows.length - shown.length;
  const settings = columns.map(({ align, isWrapped }) => ({
    ...(align === undefined ? {} : { align }),
    ...(isWrapped === undefined ? {} : { is_wrapped: isWrapped }),
  }));
  return [
    { type: 'table', rows: [head, ...shown], column_settings: settings },
    ...(left === 0 ? [] : [context([`… and ${formatNumber(left)} more`])]),
  ];
}

/** The rows of a table in words, one line each: `• *C-12* · severity critical · accounts 40`. */
export function tableLines({ rows: [head = [], ...rows] }: Pick<TableBlock, 'rows'>): string[] {
  const labels = head.map((cell) => wordsOf(cell).toLowerCase());
  return rows.map(([first, ...cells]) => {
    const words = cells.map((cell, index) => ({ label: labels[index + 1] ?? '', text: wordsOf(cell) }));
    const said = words.filter(({ text }) => text !== NOTHING).map(({ label, text }) => `${label} ${text}`);
    return `• ${[first === undefined ? '' : wordsOf(first), ...said].join(' · ')}`;
  });
}

/** A cell is no markup: text from outside stands as it is, but for what is invisible. Empty is a dash. */
export function plainCell(text: string, max = 120): Cell {
  return { type: 'raw_text', text: cleanText(text, max) || NOTHING };
}

export function boldCell(text: string, max = 120): Cell {
  return richCell({ type: 'text', text: cleanText(text, max) || NOTHING, style: { bold: true } });
}

/** A name from outside, to the letter. */
export function codeCell(text: string, max = 128): Cell {
  return richCell({ type: 'text', text: cleanText(text, max) || '?', style: { code: true } });
}

/** A time that each reader sees in their own zone; `ago` counts from now. */
export function timeCell(at: number, form: 'time' | 'ago' = 'time'): Cell {
  const format = form === 'ago' ? '{ago}' : '{date_short_pretty} {time}';
  return richCell({ type: 'date', timestamp: Math.floor(at / 1000), format, fallback: formatUtc(at) });
}

/** Who: a link to a person of the workspace, without a call where the message is one's own; our own words before it. */
export function personCell(actor: string, before = ''): Cell {
  if (personText(actor) !== `<@${actor}>`) return plainCell(`${before}${actor}`, 80);
  return richCell(...(before === '' ? [] : [{ type: 'text' as const, text: before }]), {
    type: 'user',
    user_id: actor,
  });
}

function richCell(...elements: Inline[]): Cell {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function wordsOf(cell: Cell): string {
  if (cell.type !== 'rich_text') return cell.text === undefined ? NOTHING : escapeText(cell.text, 400);
  return inlinesOf(cell).map(inlineWords).join('');
}

function inlineWords(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      if (inline.style?.code === true) return codeText(inline.text);
      return inline.style?.bold === true ? `*${escapeText(inline.text)}*` : escapeText(inline.text);
    case 'date':
      return `<!date^${inline.timestamp}^${inline.format}|${inline.fallback ?? ''}>`;
    case 'user':
      return personText(inline.user_id);
    default:
      return '';
  }
}

function inlinesOf({ elements }: RichTextBlock): Inline[] {
  return elements.flatMap((element) => (element.type === 'rich_text_section' ? element.elements : []));
}

/** As Slack shows it; a person's name and a time are about that long. */
function lengthOf(cell: Cell): number {
  if (cell.type !== 'rich_text') return cell.text?.length ?? 0;
  return inlinesOf(cell).reduce((sum, inline) => sum + (inline.type === 'text' ? inline.text.length : 20), 0);
}
