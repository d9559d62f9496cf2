import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Commands, clicks and forms that nobody in their senses would send, in any number, to the router with a real database:
// `npm run fuzz:commands -- [inputs] [seed]`. The same seed asks the same. Ends with 1 at the first answers that are
// missing, late, too long for Slack, or that let something break out. Six in ten inputs are texts of commands.

const [inputs = '175000', seed = '1'] = process.argv.slice(2);
const figures = path.join(tmpdir(), `retort-fuzz-${process.pid}.ndjson`);
const vitest = path.resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', 'test/slack/fuzz.test.ts'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  stdio: 'inherit',
  env: { ...process.env, RETORT_FUZZ_RUNS: inputs, RETORT_FUZZ_SEED: seed, RETORT_FAULTS_SEEN: figures },
});
if (existsSync(figures)) process.stdout.write(readFileSync(figures, 'utf8'));
rmSync(figures, { force: true });
process.exitCode = run.status ?? 1;
