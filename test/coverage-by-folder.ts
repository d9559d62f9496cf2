import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '..');
const KINDS = ['statements', 'branches'] as const;

const Count = z.object({ covered: z.number(), total: z.number() });
type Count = z.output<typeof Count>;
const Summary = z.record(z.string(), z.object({ statements: Count, branches: Count }));

/** Of the files that a run of the tests with `--coverage` wrote down, by the first two folders of each. */
const { total, ...files } = Summary.parse(
  JSON.parse(readFileSync(path.join(ROOT, 'node_modules/.cache/coverage/coverage-summary.json'), 'utf8')),
);
const folders = new Map<string, Record<(typeof KINDS)[number], Count>>();
for (const [file, counts] of Object.entries(files)) {
  const [top = '', room = ''] = path.relative(ROOT, path.dirname(file)).split(path.sep);
  const folder = path.posix.join(top, room);
  const known = folders.get(folder);
  folders.set(folder, {
    statements: sum(known?.statements, counts.statements),
    branches: sum(known?.branches, counts.branches),
  });
}

const rows = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1));
process.stdout.write(`\n| folder | ${KINDS.join(' | ')} |\n| --- | ${KINDS.map(() => '---:').join(' | ')} |\n`);
for (const [folder, counts] of [...rows, ['all', total] as const]) {
  if (counts === undefined) throw new Error('the run wrote no total');
  process.stdout.write(`| ${folder} | ${KINDS.map((kind) => shareOf(counts[kind])).join(' | ')} |\n`);
}

function sum(a: Count | undefined, b: Count): Count {
  return { covered: (a?.covered ?? 0) + b.covered, total: (a?.total ?? 0) + b.total };
}

function shareOf({ covered, total: all }: Count): string {
  return `${all === 0 ? 100 : ((100 * covered) / all).toFixed(1)} % of ${all}`;
}
