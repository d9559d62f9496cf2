import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { makeDirectory } from '../make-directory.ts';
import type { Dossier } from './make-dossier.ts';

/** Zip archives know no time zone: this is the same time in all of them, and no file's own. */
const NO_TIME = new Date(1980, 0, 1);

/** The dossier as one zip, in a folder of the campaign's name; the same dossier is always the same bytes. */
export function zipDossier({ campaign, files }: Pick<Dossier, 'campaign' | 'files'>): Uint8Array {
  const entries = [...files].map(([name, content]) => [`${campaign}/${name}`, strToU8(content)]);
  return zipSync(Object.fromEntries(entries), { mtime: NO_TIME, level: 9 });
}

/**
 * Writes the folder and the zip beside it. Throws where the folder holds anything already: evidence is not written over.
 * The folder comes into being whole, for its owner alone.
 */
export async function saveDossier(dossier: Dossier, directory: string): Promise<{ folder: string; zip: string }> {
  const folder = path.resolve(directory);
  const there = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
    return [];
  });
  if (there.length > 0)
    throw new Error(`${folder} is not empty: name another folder, or take what is in it away first`);
  const partial = `${folder}.partial-${process.pid}`;
  await makeDirectory(path.dirname(folder));
  await mkdir(partial, { mode: 0o700 });
  try {
    for (const [name, content] of dossier.files) await writeFile(path.join(partial, name), content, { mode: 0o600 });
    await writeFile(`${partial}.zip`, zipDossier(dossier), { mode: 0o600 });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    await rename(`${partial}.zip`, `${folder}.zip`);
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(`${partial}.zip`, { force: true });
  }
  return { folder, zip: `${folder}.zip` };
}
