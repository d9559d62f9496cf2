import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server's processes belong to; undefined: whoever we are. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: for root, the system user `postgres`, made where it is missing. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp('postgres');
  if (found !== undefined) return found;
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch(() => undefined);
  // A read-only /etc, or no useradd: PostgreSQL only asks that the user has a name.
  const user = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (user !== undefined) return user;
  throw new Error(
    'PostgreSQL refuses to run as root, and no system user "postgres" could be made. Run Retort as an ordinary user, make that user, or set DATABASE_URL.',
  );
}

/** Whether the server's user can enter `directory` through all its parents, and write there too where asked. */
export async function canUse(
  user: ServerUser | undefined,
  directory: string,
  mode: 'read' | 'write',
): Promise<boolean> {
  if (user === undefined) return true;
  const test = mode === 'write' ? 'cd "$1" && test -w .' : 'cd "$1" && test -r .';
  return run('/bin/sh', ['-c', test, 'sh', directory], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}
