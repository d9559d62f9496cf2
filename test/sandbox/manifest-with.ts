import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface ManifestFile {
  features: { app_home: Record<string, boolean> };
  oauth_config: { scopes: { bot: string[] } };
}

/** Path of a copy of the app's manifest, edited. */
export async function manifestWith(edit: (manifest: ManifestFile) => void): Promise<string> {
  const manifest = parse(await readFile('manifest.yml', 'utf8')) as ManifestFile;
  edit(manifest);
  const path = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'manifest.yml');
  await writeFile(path, stringify(manifest));
  return path;
}
