import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchangeLine } from '../ingest/loading.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { runRetort } from './run-retort.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const built = existsSync(path.join(ROOT, 'dist/page/index.html'));

/** A command in a terminal of its own, as far as Ctrl-C can tell: its children get the signal, too. */
async function launch(words: string[], environment: Record<string, string> = {}) {
  const temporary = await temporaryDirectory();
  await chmod(temporary, 0o711);
  const child = spawn(process.execPath, [program('src/main.ts'), ...words], {
    cwd: ROOT,
    detached: true,
    env: { PATH: process.env['PATH'], TMPDIR: temporary, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  return { child, temporary, out: () => out };
}

/** Ctrl-C, and the exit status. */
async function interrupt(child: ChildProcess): Promise<unknown> {
  const end = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  return ((await end) as unknown[])[0];
}

/** What lies below a directory, while it may change. */
async function found(directory: string, sign: RegExp): Promise<string[]> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  return names.filter((name) => sign.test(name));
}

/** What a demo or a replay leaves in the directory for temporary files. */
const left = (temporary: string) => found(temporary, /^retort-/);

describe('Ctrl-C', { timeout: 60_000 }, () => {
  const moments = {
    'the database is being made': /cluster\.new-[^/]*\/base$/,
    'the database is up, and nothing else': /cluster\/postmaster\.pid$/,
  };

  it.each(Object.entries(moments))('ends a replay while %s, and leaves nothing', async (_, sign) => {
    const file = path.join(await temporaryDirectory(), 'exchanges.ndjson');
    await writeFile(file, exchangeLine('a'));
    const { child, temporary, out } = await launch(['replay', '--accounts', file, '--exchanges', file]);
    await expect.poll(() => found(temporary, sign), { interval: 5, timeout: 30_000 }).not.toEqual([]);
    expect({ status: await interrupt(child), out: out() }).toEqual({
      status: 1,
      out: 'retort: ended by SIGINT before the work was done\n',
    });
    expect(await left(temporary)).toEqual([]);
  });

  it.skipIf(!built).each(Object.entries(moments))('ends a demo while %s, and leaves nothing', async (_, sign) => {
    const { child, temporary } = await launch(['demo', '--port', '0']);
    await expect.poll(() => found(temporary, sign), { interval: 5, timeout: 30_000 }).not.toEqual([]);
    // Whether there was a demo to end in order depends on how far it came: what matters is that it ends.
    expect([0, 1]).toContain(await interrupt(child));
    expect(await left(temporary)).toEqual([]);
  });

  it('ends an ingest, whose database then starts again and counts nothing twice', async () => {
    const directory = await temporaryDirectory();
    await chmod(directory, 0o711);
    const dataDir = path.join(directory, 'data');
    await mkdir(dataDir);
    const LINES = 60_000;
    const file = path.join(directory, 'exchanges.ndjson');
    await writeFile(file, Array.from({ length: LINES }, (_, at) => `${exchangeLine(`id ${at}`)}\n`).join(''));
    const words = ['ingest', '--exchanges', file, '--json'];
    const environment = { RETORT_DATA_DIR: dataDir };
    const { child, out } = await launch(words, environment);
    await expect.poll(out, { timeout: 30_000 }).toContain('the schema was brought up to date');
    expect(await interrupt(child)).toBe(1);
    await expect(readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'))).rejects.toThrow('ENOENT');
    const second = await runRetort(words, environment);
    const { accepted, duplicates } = JSON.parse(second.out) as { accepted: number; duplicates: number };
    expect({ status: second.status, all: accepted + duplicates }).toEqual({ status: 0, all: LINES });
    const third = await runRetort(words, environment);
    expect(JSON.parse(third.out)).toMatchObject({ accepted: 0, duplicates: LINES });
  });
});
