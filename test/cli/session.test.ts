import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../database.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

function launch(manner: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [program('test/cli/session-process.ts'), manner], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], RETORT_LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  return { child, out: () => out };
}

const endOf = async (child: ChildProcess) => once(child, 'close');

describe('withSession', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('lets work end in order on %s', async (signal) => {
    const database = await createTestDatabase();
    const { child, out } = launch('heeding', { DATABASE_URL: database.url });
    await expect.poll(out).toContain('working');
    const end = endOf(child);
    child.kill(signal);
    expect(await end).toEqual([0, null]);
    expect(out()).toContain('ended in order');
    await database.drop();
  });

  it('shuts the embedded server down on Ctrl-C', async () => {
    const dataDir = path.join(await temporaryDirectory(), 'data');
    const { child, out } = launch('heeding', { RETORT_DATA_DIR: dataDir });
    await expect.poll(out).toContain('working');
    const pidFile = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    await access(pidFile);
    const end = endOf(child);
    child.kill('SIGINT');
    expect(await end).toEqual([0, null]);
    await expect(access(pidFile)).rejects.toThrow(/ENOENT/);
  });

  it('ends without having worked when the wish comes while the database starts', async () => {
    const dataDir = path.join(await temporaryDirectory(), 'data');
    const { child, out } = launch('heeding', { RETORT_DATA_DIR: dataDir });
    const home = path.join(dataDir, 'postgres');
    await expect.poll(async () => readdir(home).catch(() => []), { interval: 5 }).toContain('password');
    const end = endOf(child);
    child.kill('SIGINT');
    expect((await end)[0]).toBe(1);
    expect(out()).toBe('');
    await expect(access(path.join(home, 'cluster', 'postmaster.pid'))).rejects.toThrow(/ENOENT/);
  });

  it('ends in order where npm passes on the Ctrl-C that the terminal has sent already', async () => {
    const database = await createTestDatabase();
    const { child, out } = launch('echoed', { DATABASE_URL: database.url });
    await expect.poll(out).toContain('working');
    const end = endOf(child);
    child.kill('SIGINT');
    expect(await end).toEqual([0, null]);
    expect(out()).toContain('ended in order');
    await database.drop();
  });

  it('ends at once when asked twice', async () => {
    const database = await createTestDatabase();
    const { child, out } = launch('heedless', { DATABASE_URL: database.url });
    await expect.poll(out).toContain('working');
    const end = endOf(child);
    const again = setInterval(() => child.kill('SIGINT'), 50);
    expect((await end)[0]).toBe(1);
    clearInterval(again);
    expect(out()).not.toContain('ended in order');
    await database.drop();
  });
});
