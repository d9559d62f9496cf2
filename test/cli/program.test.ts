import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { createTestDatabase } from '../database.ts';
import { runRetort as retort } from './run-retort.ts';

describe('retort', { timeout: 60_000 }, () => {
  it('suggests the nearest command and ends with 2', async () => {
    const { status, out, err } = await retort(['migrat']);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('Did you mean migrate?');
  });

  it('ends with 2 where the configuration is wrong, naming everything', async () => {
    const { status, err } = await retort(['migrate'], { PORT: 'x', RETORT_TIMEZONE: 'Mars' });
    expect(status).toBe(2);
    expect(err).toContain('PORT');
    expect(err).toContain('RETORT_TIMEZONE');
  });

  it('ends with 1 where the work failed, and says what to do without the password', async () => {
    const url = 'postgres://me:hunter2@127.0.0.1:1/none';
    const { status, err } = await retort(['migrate'], { DATABASE_URL: url });
    expect(status).toBe(1);
    expect(err).toContain('check DATABASE_URL');
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain('    at ');
    const { err: loud } = await retort(['migrate'], { DATABASE_URL: url, RETORT_LOG_LEVEL: 'debug' });
    expect(loud).toContain('    at ');
    expect(loud).not.toContain('hunter2');
  });

  it('migrates the embedded database of a new data directory, and finds it healthy', async () => {
    const environment = { RETORT_DATA_DIR: path.join(await temporaryDirectory(), 'data') };
    expect(await retort(['migrate'], environment)).toMatchObject({
      status: 0,
      out: expect.stringContaining('0001_schema'),
    });
    const { status, out } = await retort(['doctor', '--json'], environment);
    const { checks } = JSON.parse(out) as { checks: { name: string; ok: boolean }[] };
    expect({ status, bad: checks.filter((check) => !check.ok) }).toEqual({ status: 0, bad: [] });
    expect(checks.map((check) => check.name)).toContain('schema');
  });
});

describe('retort doctor', { timeout: 60_000 }, () => {
  it('says what to mend of a shared database: no key, no schema', async () => {
    const database = await createTestDatabase({ empty: true });
    const dataDir = await temporaryDirectory();
    const { status, out } = await retort(['doctor'], { DATABASE_URL: database.url, RETORT_DATA_DIR: dataDir });
    await database.drop();
    expect(status).toBe(1);
    expect(out).toMatch(/MEND {2}fingerprint key: .*RETORT_FINGERPRINT_KEY/s);
    expect(out).toMatch(/MEND {2}schema: lacks .*run retort migrate/);
  });

  it('says so where Slack cannot be reached', async () => {
    const database = await createTestDatabase();
    const { status, out } = await retort(['doctor'], {
      DATABASE_URL: database.url,
      RETORT_DATA_DIR: await temporaryDirectory(),
      RETORT_FINGERPRINT_KEY: 'k'.repeat(32),
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:1/',
    });
    await database.drop();
    expect(status).toBe(1);
    expect(out).toMatch(/MEND {2}Slack token: .*SLACK_API_URL/);
    expect(out).toMatch(/ok {4}schema: is up to date/);
  });
});
