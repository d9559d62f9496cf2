import { defineConfig } from 'vitest/config';

/** The tests that ask no database: they are run once for each change that Stryker makes to the source. */
export default defineConfig({
  test: {
    include: ['test/campaigns/**/*.test.ts', 'test/enforcement/**/*.test.ts'],
    testTimeout: 10_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
