import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const DIRECTORY = path.join(import.meta.dirname, 'golden');

/** What the file of that name holds; `RETORT_WRITE_GOLDEN=1` writes `value` first, for a person to read the change. */
export async function golden(name: string, value: unknown): Promise<unknown> {
  const file = path.join(DIRECTORY, `${name}.json`);
  if (process.env['RETORT_WRITE_GOLDEN'] === '1') {
    await mkdir(DIRECTORY, { recursive: true });
    await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
  }
  return JSON.parse(await readFile(file, 'utf8'));
}
