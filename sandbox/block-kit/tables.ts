import { id } from './composition.ts';
import { limits } from './limits.ts';
import { richText } from './rich-text.ts';
import { bool, byType, choice, isObject, list, number, object, problem, type Rule, string } from './shape.ts';

const rawText = object({ text: string() });
const rawNumber = object({ value: number(), text: string() });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText }, 'cell');
const headerCell = byType({ raw_text: rawText, raw_number: rawNumber }, 'cell');

const evenRows: Rule = (table, at, problems) => {
  const rows = isObject(table) && Array.isArray(table.rows) ? table.rows.filter(Array.isArray) : [];
  if (new Set(rows.map((row) => row.length)).size > 1) {
    problems.push(problem('all rows must have the same number of cells', `${at}/rows`));
  }
};

const plainHeader: Rule = (table, at, problems) => {
  const header = isObject(table) && Array.isArray(table.rows) ? table.rows[0] : undefined;
  if (Array.isArray(header)) for (const [i, each] of header.entries()) headerCell(each, `${at}/rows/0/${i}`, problems);
};

const row = list(cell, { max: limits.tableColumns });

export const table = object(
  { rows: list(row, { max: limits.tableRows }) },
  {
    block_id: id,
    column_settings: list(object({}, { align: choice('left', 'center', 'right'), is_wrapped: bool }), {
      max: limits.tableColumns,
    }),
  },
  evenRows,
);

export const dataTable = object(
  { rows: list(row, { min: 2, max: limits.dataTableRows }), caption: string() },
  {
    block_id: id,
    page_size: number({ min: 1, max: limits.dataTablePage, integer: true }),
    row_header_column_index: number({ min: 0, max: limits.tableColumns - 1, integer: true }),
  },
  evenRows,
  plainHeader,
);

/** Characters in all the cells of a `table` or `data_table`. */
export function tableCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + tableCharacters(each), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + tableCharacters(value.rows) + tableCharacters(value.elements);
}
