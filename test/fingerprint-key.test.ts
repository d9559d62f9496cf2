import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ConfigError } from '../src/config-error.ts';
import { fingerprintKey } from '../src/fingerprint-key.ts';
import { temporaryDirectory } from './temporary-directory.ts';

describe('fingerprintKey', () => {
  it('is made once, kept to ourselves, and the same for all who ask at once', async () => {
    const dataDir = await temporaryDirectory();
    const config = readConfig({ RETORT_DATA_DIR: dataDir });
    const keys = await Promise.all([1, 2, 3].map(async () => fingerprintKey(config)));
    expect(new Set([...keys, await fingerprintKey(config)]).size).toBe(1);
    expect(keys[0]?.length).toBeGreaterThanOrEqual(32);
    expect((await stat(path.join(dataDir, 'fingerprint-key'))).mode & 0o777).toBe(0o600);
  });

  it('is the configured one where that is set', async () => {
    const key = 'k'.repeat(32);
    expect(await fingerprintKey(readConfig({ RETORT_FINGERPRINT_KEY: key }))).toBe(key);
  });

  it('must be set where the database is shared', async () => {
    const config = readConfig({ DATABASE_URL: 'postgres://db/retort' });
    await expect(fingerprintKey(config)).rejects.toThrow(ConfigError);
  });
});
