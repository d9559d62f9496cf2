interface PagerProps {
  page: number;
  pages: number;
  rows: number;
  onPage: (page: number) => void;
}

/** Turns over the pages of a table. */
export function Pager({ page, pages, rows, onPage }: PagerProps) {
  return (
    <div class="pager">
      <span aria-live="polite">
        {rows} {rows === 1 ? 'row' : 'rows'} · page {page + 1} of {pages}
      </span>
      <button type="button" class="button button-small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <button type="button" class="button button-small" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </div>
  );
}
