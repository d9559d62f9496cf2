import { useMemo, useState } from 'preact/hooks';
import { readArray, readString } from '../../text/read-json.ts';
import { cellWords, compareCells, isNumeric } from '../../text/table-rows.ts';
import { Cell } from './cell.tsx';
import { Pager } from './pager.tsx';
import type { Json } from './surface.tsx';

interface Sort {
  column: number;
  down: boolean;
}

const DEFAULT_PAGE = 5;

/** A `data_table` block: sorted by its heads, searched and turned over by page where it is long. */
export function DataTable({ block }: { block: Json }) {
  const [head = [], ...rows] = useMemo(() => readArray(block['rows']).map(readArray), [block]);
  const [sort, setSort] = useState<Sort | null>(null);
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(0);
  const size = typeof block['page_size'] === 'number' ? Math.max(1, block['page_size']) : DEFAULT_PAGE;
  const rowHead = typeof block['row_header_column_index'] === 'number' ? block['row_header_column_index'] : 0;
  const caption = readString(block['caption']);

  const needle = query.trim().toLowerCase();
  const found =
    needle === '' ? rows : rows.filter((row) => row.some((cell) => cellWords(cell).toLowerCase().includes(needle)));
  const sorted = sort
    ? found.toSorted((a, b) => compareCells(a[sort.column], b[sort.column]) * (sort.down ? -1 : 1))
    : found;
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const at = Math.min(page, pages - 1);
  const shown = sorted.slice(at * size, (at + 1) * size);

  const sortBy = (column: number) => {
    setPage(0);
    setSort(sort?.column === column ? (sort.down ? null : { column, down: true }) : { column, down: false });
  };
  const state = (column: number) => (sort?.column === column ? (sort.down ? 'descending' : 'ascending') : 'none');
  return (
    <div class="data-table">
      <div class="data-table-bar">
        <span class="data-table-title">{caption}</span>
        {rows.length > size && (
          <input
            class="input input-small"
            type="search"
            placeholder="Filter rows"
            aria-label={`Filter the rows of ${caption}`}
            value={query}
            onInput={({ currentTarget }) => setQuery(currentTarget.value)}
          />
        )}
      </div>
      <div class="table-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table class="table">
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th scope="col" aria-sort={state(column)} class={isNumeric(rows, column) ? 'number' : ''}>
                  <button type="button" class="sorter" onClick={() => sortBy(column)}>
                    <Cell cell={cell} />
                    <span class={`sorter-mark sorter-${state(column)}`} aria-hidden="true" />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                {row.map((cell, column) => {
                  const name = isNumeric(rows, column) ? 'number' : '';
                  if (column !== rowHead) return <td class={name}>{<Cell cell={cell} />}</td>;
                  return (
                    <th scope="row" class={name}>
                      <Cell cell={cell} />
                    </th>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > size && <Pager page={at} pages={pages} rows={sorted.length} onPage={setPage} />}
    </div>
  );
}
