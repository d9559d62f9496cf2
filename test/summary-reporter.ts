import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** What a run came to. A file that could not be read, a fault outside of tests and a run without tests are failures. */
export interface Summary {
  passed: number;
  failed: number;
  skipped: number;
}

/** As printed: `12 passed, 0 failed`, and how many were skipped where some were. */
export function formatSummary({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Counts the tests of all files, each once. */
export function summarize(
  modules: readonly TestModule[],
  unhandled: readonly SerializedError[],
  reason: TestRunEndReason,
): Summary {
  const summary = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test without a result was begun and never ended.
      summary[state === 'pending' ? 'failed' : state] += 1;
    }
    // Faults of the file or of a describe block, such as a beforeAll that threw.
    if (module.errors().length > 0) summary.failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) summary.failed += 1;
  }
  const nothing = summary.passed + summary.failed === 0;
  if (summary.failed === 0 && (nothing || reason !== 'passed')) summary.failed = 1;
  return summary;
}

/** Prints the summary as the run's very last line. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const summary = summarize(modules, unhandled, reason);
    if (summary.failed > 0) process.exitCode = 1;
    // At exit: reporters before and teardowns after this one have their say first.
    process.once('exit', () => process.stdout.write(`${formatSummary(summary)}\n`));
  }
}
