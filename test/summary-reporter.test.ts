import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const USE = `import { beforeAll, describe, expect, it } from '${path.join(ROOT, 'node_modules/vitest/dist/index.js')}';`;

/** Runs vitest on files of these contents and returns its exit status and last line. */
async function run(...contents: string[]): Promise<{ status: number; last: string | undefined }> {
  const directory = await temporaryDirectory();
  for (const [index, text] of contents.entries()) {
    await writeFile(path.join(directory, `${index}.test.ts`), `${USE}\n${text}\n`);
  }
  const words = ['run', `--root=${directory}`, '--reporter=default'];
  const reporter = `--reporter=${path.join(ROOT, 'test/summary-reporter.ts')}`;
  return new Promise((resolve) => {
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    execFile(process.execPath, [vitest, ...words, reporter], { cwd: directory }, (fault, out) =>
      resolve({ status: fault === null ? 0 : Number(fault.code), last: out.trimEnd().split('\n').at(-1) }),
    );
  });
}

describe('the summary', { timeout: 60_000 }, () => {
  it.each([
    ['what passed', [`it('a', () => {}); it('b', () => {});`], 0, '2 passed, 0 failed'],
    ['what was skipped', [`it('a', () => {}); it.skip('b', () => {});`], 0, '1 passed, 0 failed, 1 skipped'],
    [
      'what failed, over all files',
      [`it('a', () => expect(1).toBe(2));`, `it('b', () => {});`],
      1,
      '1 passed, 1 failed',
    ],
    ['a file that cannot be read', [`it('a', () => {});`, `throw new Error('no');`], 1, '1 passed, 1 failed'],
    [
      'a set-up that fails',
      [`describe('s', () => { beforeAll(() => { throw new Error('no'); }); it('a', () => {}); });`],
      1,
      '0 passed, 1 failed, 1 skipped',
    ],
    [
      'a fault outside of tests',
      [`it('a', async () => { Promise.reject(new Error('no')); await new Promise((r) => setImmediate(r)); });`],
      1,
      '1 passed, 1 failed',
    ],
    ['that there are no tests', [], 1, '0 passed, 1 failed'],
  ])('tells %s', async (_, contents, status, last) => {
    expect(await run(...contents)).toEqual({ status, last });
  });
});
