import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the package's root: one level up from src/, two from dist/src/. */
export function packageFile(name: string): string {
  const root = ['../', '../../'].find((up) => existsSync(new URL(`${up}package.json`, import.meta.url)));
  if (root === undefined) throw new Error('package.json is missing beside the program');
  return fileURLToPath(new URL(`${root}${name}`, import.meta.url));
}
