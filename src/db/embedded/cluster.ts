import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../../log.ts';
import { makeDirectory } from '../../make-directory.ts';
import type { Binaries } from './binaries.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

const ABANDONED_MS = 600_000;

export const SUPERUSER = 'retort';

/** What our children get instead of our own environment, which holds secrets. */
export const CHILD_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Where things lie in the server's directory. */
export function layout(home: string) {
  return {
    cluster: path.join(home, 'cluster'),
    password: path.join(home, 'password'),
    log: path.join(home, 'server.log'),
  };
}

/** Makes the server's directory, private to its user. */
export async function makeHome(home: string, user: ServerUser | undefined): Promise<void> {
  await makeDirectory(home);
  await own(home, 0o700, user);
}

/** The database superuser's password, made at the first start. */
export async function keepPassword(home: string, user: ServerUser | undefined): Promise<string> {
  const file = layout(home).password;
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  const made = randomBytes(24).toString('base64url');
  const partial = `${file}.${process.pid}-${randomBytes(3).toString('hex')}`;
  await writeFile(partial, `${made}\n`, { mode: 0o600 });
  await own(partial, 0o600, user);
  // Unlike rename, link leaves the password of a Retort that was faster.
  await link(partial, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault;
  });
  await rm(partial, { force: true });
  return (await readFile(file, 'utf8')).trim();
}

/** Makes the cluster unless it is there. It is built aside and renamed, so that an interrupted one is never taken for whole. */
export async function ensureCluster(
  home: string,
  binaries: Binaries,
  user: ServerUser | undefined,
  options: { log: Log; durable: boolean },
): Promise<void> {
  const { cluster, password } = layout(home);
  await removeUnfinished(home);
  if (await isWhole(cluster, binaries.version)) return;
  if (await exists(cluster)) {
    const aside = `${cluster}.unfinished-${Date.now()}`;
    options.log.warn({ aside }, 'the database directory is not a whole one; it was set aside and is made anew');
    await rename(cluster, aside);
  }
  options.log.info({ directory: cluster }, 'making the database');
  const fresh = `${cluster}.new-${process.pid}-${randomBytes(3).toString('hex')}`;
  await run(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every machine.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync']),
    ],
    { ...user, cwd: home, env: CHILD_ENVIRONMENT },
  ).catch((fault: Error & { stderr?: string }) => {
    throw new Error(`the database could not be made in ${cluster}: ${lastLines(fault.stderr ?? fault.message)}`, {
      cause: fault,
    });
  });
  await rename(fresh, cluster).catch(async (fault: NodeJS.ErrnoException) => {
    // Another Retort was faster: its cluster is as good as ours.
    await rm(fresh, { recursive: true, force: true });
    if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault;
  });
}

/** What starts that were interrupted left behind; one that is still at work is let be. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^cluster\.new-(\d+)/.exec(name)?.[1];
    if (pid === undefined) continue;
    // The number may be a later process's by now, or our own: in a container it often is.
    const idleMs = Date.now() - (await stat(path.join(home, name))).mtimeMs;
    if (isAlive(Number(pid)) && idleMs < ABANDONED_MS) continue;
    // An initdb that outlived its Retort may still be writing there.
    await rm(path.join(home, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The end of a program's talk, for an error message. */
export function lastLines(text: string, count = 5): string {
  return text.trim().split('\n').slice(-count).join(' | ');
}

async function isWhole(cluster: string, version: string): Promise<boolean> {
  const made = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (made === '' || !(await exists(path.join(cluster, 'global', 'pg_control')))) return false;
  const major = version.split('.')[0];
  if (made === major) return true;
  throw new Error(
    `the database in ${cluster} was made by PostgreSQL ${made}, and this release of Retort brings ${major}. Dump it with the older release and load it with this one, or give this one its own RETORT_DATA_DIR.`,
  );
}

async function own(file: string, mode: number, user: ServerUser | undefined): Promise<void> {
  await chmod(file, mode);
  if (user !== undefined) await chown(file, user.uid, user.gid);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
