import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';

const run = promisify(execFile);

const WRITING_MS = 10_000;

/** What `postmaster.pid` says; `ready` once the server accepts connections. */
export interface RunningServer {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that runs on this very directory; a pid file whose process is gone, or is another one, is removed. */
export async function findRunningServer(cluster: string): Promise<RunningServer | undefined> {
  const found = await readPidFile(cluster);
  if (found !== undefined && (await isServerOf(found.pid, cluster))) return found;
  const file = path.join(cluster, 'postmaster.pid');
  // An unreadable one may be in the writing.
  const writtenAt = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (found === undefined && Date.now() - writtenAt < WRITING_MS) return undefined;
  // PostgreSQL mends most of these by itself, but refuses where the number now belongs to another process of its user.
  // Should a server hide here after all, its shared memory still keeps a second one out.
  await rm(file, { force: true });
  return undefined;
}

export async function readPidFile(cluster: string): Promise<RunningServer | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Fast shutdown first, which writes everything down; then harder, which the next start recovers from. */
export async function endServer(pid: number, cluster: string, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    // Windows knows no signals; pg_ctl speaks to the server through its named pipe.
    await run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast']);
    return;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 120_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < patienceMs; waited += 25) {
      if (!(await isServerOf(pid, cluster))) return;
      await wait(25);
    }
  }
}

/** Whether a process is the PostgreSQL server of this directory, and not a later process with its number. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  const command = await commandOf(pid);
  return command !== undefined && command.includes('postgres') && command.includes(cluster);
}

/** The command line of a living process; a zombie has none. */
async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.replaceAll('\0', ' ').trim() || undefined;
  }
  if (process.platform === 'win32') {
    const filter = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`;
    return run('powershell', ['-NoProfile', '-Command', filter]).then(textOf, () => undefined);
  }
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(textOf, () => undefined);
}

function textOf({ stdout }: { stdout: string }): string | undefined {
  return stdout.trim() || undefined;
}
