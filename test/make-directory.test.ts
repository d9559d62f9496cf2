import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeDirectory } from '../src/make-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

it('makes what is missing above, and says which was the topmost', async () => {
  const root = await temporaryDirectory();
  const deep = path.join(root, 'a', 'b', 'c');
  expect(await makeDirectory(deep)).toBe(path.join(root, 'a'));
  expect(existsSync(deep)).toBe(true);
  expect(await makeDirectory(deep)).toBeUndefined();
  expect(await makeDirectory(path.join(deep, 'd'))).toBe(path.join(deep, 'd'));
});

it('is made by two at once', async () => {
  const deep = path.join(await temporaryDirectory(), 'a', 'b');
  await Promise.all([makeDirectory(deep), makeDirectory(deep), makeDirectory(deep)]);
  expect(existsSync(deep)).toBe(true);
});

it('refuses a place in or at a file', async () => {
  const file = path.join(await temporaryDirectory(), 'file');
  await writeFile(file, '');
  await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeDirectory(path.join(file, 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.runIf(process.platform === 'linux')('ends where the file system takes no directories', async () => {
  await expect(makeDirectory('/proc/retort/deep')).rejects.toMatchObject({ code: 'ENOENT' });
});
