import { FAULTS_1_TO_12 } from './faults-1-to-12.ts';
import { FAULTS_13_TO_24 } from './faults-13-to-24.ts';

/** The faults in the order of their numbers, from 1. */
export const MATRIX = [...FAULTS_1_TO_12, ...FAULTS_13_TO_24];

/** The table of docs/reliability.md. */
export function matrixTable(): string {
  const rows = MATRIX.map((row, index) => {
    const often = row.long === undefined ? row.short : `${row.short}; long form: ${row.long}`;
    const seen = row.missing === undefined ? row.seen : `${row.seen}. Not tested yet: ${row.missing}`;
    const files = [...new Set(row.tests.map(({ file }) => `[${file.slice(5, -8)}](../${file})`))];
    return `| ${[index + 1, row.fault, row.injected, often, row.promised, seen, files.join(', ')].join(' | ')} |`;
  });
  return ['| # | fault | injected | how often | promised | seen | test |', `|${' --- |'.repeat(7)}`, ...rows, ''].join(
    '\n',
  );
}
