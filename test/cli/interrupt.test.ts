import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
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
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  return { child, temporary, out: () => out };
}

/** Writes one line after the other, so that an ingest has never read all; returns those that were written. */
function feed(stdin: Writable): string[] {
  const lines: string[] = [];
  // Once nobody reads any more.
  stdin.on('error', () => {});
  const next = (fault?: Error | null) => {
    if (fault) return;
    const line = `${exchangeLine(`id ${lines.length}`)}\n`;
    lines.push(line);
    stdin.write(line, next);
  };
  next();
  return lines;
}

/** Ctrl-C, and the exit status. */
async function interrupt(child: ChildProcess): Promise<unknown> {
  const end = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  return ((await end) as unknown[])[0];
}

/** Whether a path of such names lies below a directory, while it may change. Asked often: it looks nowhere else. */
async function lies(directory: string, [first, ...rest]: readonly RegExp[]): Promise<boolean> {
  if (first === undefined) return true;
  const names = await readdir(directory).catch(() => []);
  for (const name of names) if (first.test(name) && (await lies(path.join(directory, name), rest))) return true;
  return false;
}

/** What a demo or a replay leaves in the directory for temporary files. */
const left = async (temporary: string) => (await readdir(temporary)).filter((name) => name.startsWith('retort-'));

describe('Ctrl-C', { timeout: 60_000 }, () => {
  const moments = {
    'the database is being made': [/^retort-/, /^postgres$/, /^cluster\.new-/, /^base$/],
    'the database is up, and nothing else': [/^retort-/, /^postgres$/, /^cluster$/, /^postmaster\.pid$/],
  };

  it.each(Object.entries(moments))('ends a replay while %s, and leaves nothing', async (_, sign) => {
    const file = path.join(await temporaryDirectory(), 'exchanges.ndjson');
    await writeFile(file, exchangeLine('a'));
    const { child, temporary, out } = await launch(['replay', '--accounts', file, '--exchanges', file]);
    await expect.poll(() => lies(temporary, sign), { interval: 5, timeout: 30_000 }).toBe(true);
    expect({ status: await interrupt(child), out: out() }).toEqual({
      status: 1,
      out: 'retort: ended by SIGINT before the work was done\n',
    });
    expect(await left(temporary)).toEqual([]);
  });

  it.skipIf(!built).each(Object.entries(moments))('ends a demo while %s, and leaves nothing', async (_, sign) => {
    const { child, temporary } = await launch(['demo', '--port', '0']);
    await expect.poll(() => lies(temporary, sign), { interval: 5, timeout: 30_000 }).toBe(true);
    // Whether there was a demo to end in order depends on how far it came: what matters is that it ends.
    expect([0, 1]).toContain(await interrupt(child));
    expect(await left(temporary)).toEqual([]);
  });

  it('ends an ingest, whose database then starts again and counts nothing twice', async () => {
    const directory = await temporaryDirectory();
    await chmod(directory, 0o711);
    const dataDir = path.join(directory, 'data');
    await mkdir(dataDir);
    const environment = { RETORT_DATA_DIR: dataDir };
    const { child, out } = await launch(['ingest', '--exchanges', '-', '--json'], environment);
    const lines = feed(child.stdin);
    await expect.poll(out, { timeout: 30_000 }).toContain('the schema was brought up to date');
    expect(await interrupt(child)).toBe(1);
    await expect(readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'))).rejects.toThrow('ENOENT');
    const file = path.join(directory, 'exchanges.ndjson');
    await writeFile(file, lines.join(''));
    const words = ['ingest', '--exchanges', file, '--json'];
    const second = await runRetort(words, environment);
    const { accepted, duplicates } = JSON.parse(second.out) as { accepted: number; duplicates: number };
    expect(lines.length).toBeGreaterThan(0);
    expect({ status: second.status, all: accepted + duplicates }).toEqual({ status: 0, all: lines.length });
    const third = await runRetort(words, environment);
    expect(JSON.parse(third.out)).toMatchObject({ accepted: 0, duplicates: lines.length });
  });
});
