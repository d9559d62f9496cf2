import { appendFileSync } from 'node:fs';

/** Says what a run saw, for the table of docs/reliability.md: one JSON object a line where the long form wants it. */
export function seen(fault: number, figures: Record<string, number>): void {
  const file = process.env['RETORT_FAULTS_SEEN'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ fault, ...figures })}\n`);
}
