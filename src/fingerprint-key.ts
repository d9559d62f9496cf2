import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Config, NO_KEY } from './config.ts';
import { ConfigError } from './config-error.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * The secret key of the fingerprints: the configured one, or, with the embedded server, one made once and kept in the
 * data directory. Throws `ConfigError` where a shared database is used without a key: replicas must agree on it.
 */
export async function fingerprintKey(config: Config): Promise<string> {
  if (config.fingerprintKey !== undefined) return config.fingerprintKey;
  if (config.databaseUrl !== undefined) {
    throw new ConfigError([NO_KEY]);
  }
  const file = path.join(config.dataDir, 'fingerprint-key');
  const kept = await read(file);
  if (kept !== undefined) return kept;
  await makeDirectory(config.dataDir);
  const partial = `${file}.${process.pid}-${randomBytes(3).toString('hex')}`;
  await writeFile(partial, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  // Unlike rename, link leaves the key of a process that was faster.
  await link(partial, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault;
  });
  await rm(partial, { force: true });
  const made = await read(file);
  if (made === undefined) throw new Error(`the fingerprint key in ${file} cannot be read`);
  return made;
}

async function read(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
    return '';
  });
  return text.trim() || undefined;
}
