import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.ts';
import { freeBytesOf } from '../../db/embedded/disk-room.ts';
import { fingerprintKey } from '../../fingerprint-key.ts';
import { makeDirectory } from '../../make-directory.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

const NAME = 'data directory';

/** Whether the data directory can be written, has room, and holds or can hold the fingerprint key. */
export async function checkDataDirectory(config: Config): Promise<Check[]> {
  // A container's file system may be read-only.
  if (config.databaseUrl !== undefined) {
    return [passed(NAME, 'is not used: DATABASE_URL names a database'), await checkKey(config)];
  }
  const { dataDir } = config;
  try {
    await makeDirectory(dataDir);
    const probe = path.join(dataDir, `.write-test-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (fault) {
    const mend = 'Make it writable for this user, or set RETORT_DATA_DIR to a directory that is';
    return [failed(NAME, `${dataDir} cannot be written (${messageOf(fault)}). ${mend}.`)];
  }
  const bytes = await freeBytesOf(dataDir);
  const free = `${(bytes / 1e9).toFixed(1)} GB free`;
  const room =
    bytes < config.leastDiskBytes
      ? failed(
          NAME,
          `${dataDir} has only ${free}, and ingest waits. Make room, or set RETORT_DATA_DIR to a larger disk.`,
        )
      : passed(NAME, `${dataDir} is writable, ${free}`);
  return [room, await checkKey(config)];
}

async function checkKey(config: Config): Promise<Check> {
  try {
    await fingerprintKey(config);
    const where = config.fingerprintKey === undefined ? 'kept in the data directory; back it up' : 'set';
    return passed('fingerprint key', where);
  } catch (fault) {
    return failed('fingerprint key', messageOf(fault));
  }
}
