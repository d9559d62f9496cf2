import { spawnSync } from 'node:child_process';

// The whole suite with the large tables distributed: `CITUS_URL=postgres://… npm run test:citus`. Where there is no
// coordinator to run it on, nothing is run, and that is said.

const url = process.env['CITUS_URL'];
if (url === undefined) {
  process.stdout.write('skipped: CITUS_URL names no Citus coordinator (docs/scaling.md says how to start one)\n');
} else {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, vitest, {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url, TEST_CITUS: 'required' },
  });
  process.exitCode = status ?? 1;
}
