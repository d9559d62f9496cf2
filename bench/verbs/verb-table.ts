import { percentile } from '../scale/percentile.ts';
import type { Measured } from './measure-verbs.ts';

/** What is promised, milliseconds. */
const MOST = { acked: 50, answered: 150 };

/** What was measured of each verb, as a Markdown table. */
export function verbTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ verb, acked, answered, followed }) => {
    const p99 = { acked: percentile(acked, 0.99), answered: percentile(answered, 0.99) };
    const holds = p99.acked <= MOST.acked && p99.answered <= MOST.answered;
    const ms = (value: number) => value.toFixed(0);
    return [
      `\`${verb}\``,
      answered.length,
      ms(percentile(answered, 0.5)),
      ms(p99.answered),
      ms(p99.acked),
      holds ? 'yes' : 'no',
      followed.length === 0
        ? ''
        : `${followed.length} of them said that it is under way; done after ${ms(percentile(followed, 0.5))} ms`,
    ];
  });
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['verb', 'times', 'median, ms', 'p99, ms', 'acknowledged, p99, ms', 'holds?', 'note']),
    line(['---', '---', '---', '---', '---', '---', '---']),
    ...rows.map(line),
  ].join('\n');
}
