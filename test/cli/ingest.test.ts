import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { everyRow, exchangeLine } from '../ingest/loading.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const KEY = 'a key for tests only, thirty-two characters';

/** Runs `retort ingest` as a shell does, with `stdin` on its standard input. */
async function ingest(words: string[], environment: Record<string, string> = {}, stdin = '') {
  const child = spawn(process.execPath, [program('src/main.ts'), 'ingest', ...words], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], RETORT_FINGERPRINT_KEY: KEY, ...environment },
  });
  // A program that ends without reading its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as unknown, out, err };
}

const withDatabase = async (work: (database: TestDatabase) => Promise<void>) => {
  const database = await createTestDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
};

describe('retort ingest', { timeout: 60_000 }, () => {
  it('loads a packed file and standard input, prints one JSON document, and counts nothing twice', () =>
    withDatabase(async ({ url }) => {
      const file = path.join(await temporaryDirectory(), 'accounts.ndjson.gz');
      await writeFile(file, gzipSync('{"account_id":"acct_1","created_at":"2026-01-01T00:00:00Z"}\n'));
      const words = ['--accounts', file, '--exchanges', '-', '--json'];
      const stdin = `${exchangeLine('a')}\n${exchangeLine('a')}\n${exchangeLine('b')}\nbad\n`;
      const first = await ingest(words, { DATABASE_URL: url }, stdin);
      expect(JSON.parse(first.out)).toEqual({
        accepted: 2,
        duplicates: 1,
        quarantined: 1,
        accounts: 1,
        releases: 0,
        seconds: expect.any(Number),
      });
      expect(first.status).toBe(0);
      const second = await ingest(words.slice(0, -1), { DATABASE_URL: url }, stdin);
      expect(second.out).toMatch(/^1 accounts\n0 exchanges, 3 duplicates left out\n1 lines in quarantine/);
    }));

  it('leaves no text of an exchange in the database, in its words or in any file', () =>
    withDatabase(async ({ url, pool }) => {
      const dataDir = await temporaryDirectory();
      const secret = 'xylophone-marzipan';
      const good = exchangeLine('a', {
        prompt: `Tell me about ${secret} please, in full`,
        system_instructions: secret,
      });
      const bad = exchangeLine('b', { prompt: secret, occurred_at: secret });
      const environment = { DATABASE_URL: url, RETORT_DATA_DIR: dataDir, RETORT_LOG_LEVEL: 'debug' };
      const { status, out, err } = await ingest(['--exchanges', '-'], environment, `${good}\n${bad}\n{"${secret}`);
      expect({ status, out: out + err }).toEqual({ status: 0, out: expect.not.stringContaining('xylophone') });
      const rows = await everyRow(pool);
      expect(rows.length).toBeGreaterThan(4);
      expect(rows.filter((row) => row.includes('xylophone'))).toEqual([]);
      for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        expect(await readFile(path.join(entry.parentPath, entry.name), 'latin1')).not.toContain('xylophone');
      }
    }));

  it('says what is wrong with a file, ends with 1, and has loaded nothing', () =>
    withDatabase(async ({ url, pool }) => {
      const directory = await temporaryDirectory();
      const utf16 = path.join(directory, 'utf16.ndjson');
      await writeFile(utf16, Buffer.from(`${exchangeLine('a')}\n`, 'utf16le'));
      const good = path.join(directory, 'accounts.ndjson');
      await writeFile(good, '{"account_id":"acct_1","created_at":"2026-01-01T00:00:00Z"}\n');
      for (const [file, words] of [
        [path.join(directory, 'none'), 'there is no such file'],
        [directory, 'is a directory'],
        [utf16, 'is not UTF-8'],
      ] as const) {
        const { status, out, err } = await ingest(['--accounts', good, '--exchanges', file], { DATABASE_URL: url });
        expect({ status, out, err }).toEqual({ status: 1, out: '', err: expect.stringContaining(`${file}: ${words}`) });
      }
      const { rows } = await pool.query('select from account');
      expect(rows).toEqual([]);
    }));

  it('ends with 1 for a file of which no line is a record, such as one in Latin-1', () =>
    withDatabase(async ({ url }) => {
      const file = path.join(await temporaryDirectory(), 'latin.ndjson');
      await writeFile(file, Buffer.from(`${exchangeLine('a', { user_agent: 'Zoë' })}\n`, 'latin1'));
      const { status, out, err } = await ingest(['--exchanges', file, '--json'], { DATABASE_URL: url });
      expect(status).toBe(1);
      expect(JSON.parse(out)).toMatchObject({ accepted: 0, quarantined: 1 });
      expect(err).toContain(`no record was found in ${file}: is it UTF-8`);
    }));

  it.each([
    ['no file', [], 'name at least one file'],
    ['an unknown format', ['--exchanges', 'x', '--format', 'xml'], 'Allowed choices are native'],
    ['standard input twice', ['--exchanges', '-', '--accounts', '-'], 'can be only one'],
  ])('ends with 2 for %s', async (_, words, message) => {
    const { status, out, err } = await ingest(words);
    expect({ status, out, err }).toEqual({ status: 2, out: '', err: expect.stringContaining(message) });
  });
});
