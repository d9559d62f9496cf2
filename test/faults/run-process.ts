import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MATRIX, matrixTable } from './matrix.ts';

/** `npm run test:faults`: every test of the table in its long form, then the table, and the figures that the run gave. */
const figures = path.join(tmpdir(), `retort-faults-${process.pid}.ndjson`);
const files = [...new Set(MATRIX.flatMap(({ tests }) => tests.map(({ file }) => file)))];
const vitest = path.resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', ...files, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { RETORT_FAULTS: 'long', ...process.env, RETORT_FAULTS_SEEN: figures },
});
process.stdout.write(`\n${matrixTable()}\nSeen in this run:\n`);
if (existsSync(figures)) process.stdout.write(readFileSync(figures, 'utf8'));
rmSync(figures, { force: true });
process.exitCode = run.status ?? 1;
