import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDataDirectory } from '../../../src/cli/doctor/check-data-directory.ts';
import { readConfig } from '../../../src/config.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const checked = async (environment: Record<string, string>) => checkDataDirectory(readConfig(environment));

describe('the doctor’s look at the data directory', () => {
  it('makes it, writes into it, and finds the key that is made there', async () => {
    const dataDir = path.join(await temporaryDirectory(), 'data');
    expect(await checked({ RETORT_DATA_DIR: dataDir })).toEqual([
      { name: 'data directory', ok: true, says: expect.stringMatching(/is writable, [\d.]+ GB free/) },
      { name: 'fingerprint key', ok: true, says: 'kept in the data directory; back it up' },
    ]);
  });

  it('says so where it cannot be made', async () => {
    const file = path.join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    await chmod(file, 0o444);
    const [check] = await checked({ RETORT_DATA_DIR: path.join(file, 'data') });
    expect(check).toMatchObject({ ok: false, says: expect.stringContaining('set RETORT_DATA_DIR') });
  });

  it('does not ask for one beside a database of one’s own, but for the key', async () => {
    const file = path.join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const environment = { DATABASE_URL: 'postgres://db/retort', RETORT_DATA_DIR: path.join(file, 'data') };
    const used = { name: 'data directory', ok: true, says: 'is not used: DATABASE_URL names a database' };
    const key = 'k'.repeat(32);
    expect(await checked({ ...environment, RETORT_FINGERPRINT_KEY: key })).toEqual([
      used,
      { name: 'fingerprint key', ok: true, says: 'set' },
    ]);
    expect(await checked(environment)).toEqual([used, expect.objectContaining({ name: 'fingerprint key', ok: false })]);
  });
});
