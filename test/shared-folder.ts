import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * A file of the folder that stands beside the checkout and is no part of it; undefined where it is missing. The folder
 * is RETORT_SHARED_DIR, or `shared` one or two levels up.
 */
export function sharedFile(...names: string[]): string | undefined {
  const given = process.env['RETORT_SHARED_DIR'];
  const folders = given === undefined ? ['../shared', '../../shared'].map((up) => path.resolve(ROOT, up)) : [given];
  return folders.map((folder) => path.join(folder, ...names)).find((file) => existsSync(file));
}
