import { visible } from '../visible.ts';

/** Markup that is safe to be put into a page as it is. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | null | undefined | readonly Part[];

/** A template whose values are escaped, unless they are markup themselves; what cannot be seen is written out. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + markupOf(parts[index])).join(''));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(part: Part): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return visible(String(part)).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** A table of these rows; the cells of columns that are named with `#` are numbers. */
export function table(columns: readonly string[], rows: readonly (readonly Part[])[]): Html {
  const isNumber = columns.map((column) => column.startsWith('#'));
  const head = columns.map(
    (column, index) =>
      html`<th scope="col"${isNumber[index] === true ? new Html(' class="number"') : ''}>${column.replace(/^#/, '')}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => (isNumber[index] === true ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`))}</tr>
`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}
