import { createHash } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log.ts';
import { makeDirectory } from '../../make-directory.ts';
import { makeHome } from './cluster.ts';
import { canUse, type ServerUser } from './server-user.ts';

/** Where root's server files go when the data directory lies where no other user can look, as under /root. */
const ELSEWHERE = '/var/lib/retort';

/** The directory of the server's files, made and reachable by its user: `<dataDir>/postgres`, or one elsewhere. */
export async function findHome(dataDir: string, user: ServerUser | undefined, log: Log): Promise<string> {
  const made = await makeDirectory(dataDir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST' && cause.code !== 'ENOTDIR') throw cause;
    throw new Error(`${dataDir} is, or lies in, a file. Set RETORT_DATA_DIR to a directory.`, { cause });
  });
  // Ours, made under a strict umask: its server must be able to pass through, not to look.
  if (made !== undefined && user !== undefined) await chmod(dataDir, 0o711);
  const home = await homeOf(dataDir);
  await makeHome(home, user);
  if (await canUse(user, home, 'write')) return home;

  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const fallback = path.join(ELSEWHERE, digest);
  await makeDirectory(ELSEWHERE).catch(() => {});
  await makeHome(fallback, user).catch(() => {});
  if (await canUse(user, fallback, 'write')) {
    log.warn(
      { dataDir, directory: fallback },
      'the database user cannot reach the data directory; its files go elsewhere',
    );
    await writeFile(pointerOf(dataDir), `${fallback}\n`);
    return fallback;
  }
  throw new Error(
    `PostgreSQL does not run as root, and its user cannot reach ${home}. Give RETORT_DATA_DIR a place whose parent directories others may enter (chmod o+x), run Retort as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Where the server's files of this data directory lie, or would. */
export async function homeOf(dataDir: string): Promise<string> {
  const elsewhere = (await readFile(pointerOf(dataDir), 'utf8').catch(() => '')).trim();
  return elsewhere === '' ? path.join(dataDir, 'postgres') : elsewhere;
}

function pointerOf(dataDir: string): string {
  return path.join(dataDir, 'postgres-is-at');
}
