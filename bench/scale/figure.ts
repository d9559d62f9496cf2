/** One measured figure, and what it is to be. */
export interface Figure {
  measure: string;
  value: number | undefined;
  /** As the requirement states it; undefined where it is only told beside the others. */
  toReach?: string;
  holds?: boolean;
  note?: string;
}

/** The figures as a Markdown table. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ measure, value, toReach = '–', holds, note = '' }) => [
    measure,
    value === undefined ? '–' : written(value),
    toReach,
    holds === undefined ? '–' : holds ? 'yes' : 'no',
    note,
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['measure', 'value', 'to reach', 'holds?', 'note']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map(line),
  ].join('\n');
}

/** Three digits that say something. */
function written(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
