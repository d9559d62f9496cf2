import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a directory and those above it; the topmost that was made, undefined where it was there. Node's own recursive
 * mkdir never ends where the file system takes no directories, as under /proc. Throws ENOTDIR where a file is in the way.
 */
export async function makeDirectory(directory: string): Promise<string | undefined> {
  const absolute = path.resolve(directory);
  const first = await attempt(absolute);
  if (first !== 'no_parent') return first === 'made' ? absolute : undefined;
  const topmost = await makeDirectory(path.dirname(absolute));
  const second = await attempt(absolute);
  if (second !== 'no_parent') return topmost ?? (second === 'made' ? absolute : undefined);
  throw fileError('ENOENT', `${absolute} cannot be made: its file system takes no directories`);
}

async function attempt(directory: string): Promise<'made' | 'there' | 'no_parent'> {
  try {
    await mkdir(directory);
    return 'made';
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path.dirname(directory) !== directory) return 'no_parent';
    if (code !== 'EEXIST') throw fault;
    if ((await stat(directory)).isDirectory()) return 'there';
    throw fileError('ENOTDIR', `${directory} is a file`);
  }
}

/** As Node's own: by `syscall` others tell that it is about a file. */
function fileError(code: string, what: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${what}`), { code, syscall: 'mkdir' });
}
