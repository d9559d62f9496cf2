import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // A busy machine makes conditions true late; a fault makes them never true.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000 } },
    pool: 'forks',
    // No module keeps what changes (test/import-rules.test.ts), so the files of a worker load the program once.
    isolate: false,
    maxWorkers: 2,
    // What `npm run coverage` writes down, and test/coverage-by-folder.ts tells.
    coverage: {
      include: ['src/**/*.ts'],
      reporter: ['json-summary'],
      reportsDirectory: 'node_modules/.cache/coverage',
    },
  },
});
