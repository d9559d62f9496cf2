import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { CHILD_ENVIRONMENT, lastLines, layout } from './cluster.ts';
import { readPidFile, type RunningServer } from './running-server.ts';
import type { ServerUser } from './server-user.ts';

/** Recovery after a crash may have gigabytes of log to replay. */
const START_PATIENCE_MS = 600_000;

/** The server process ended instead of coming up; the message bears the end of its log. */
export class StartError extends Error {
  override name = 'StartError';
}

/** A server that we started: where we end without stopping it, it shuts down on its own; `release` takes that back. */
export type Postmaster = RunningServer & { release(): void };

/** Starts the server of `home` and waits until it accepts connections. Throws `StartError` where it does not come up. */
export async function startPostmaster(
  home: string,
  binaries: Binaries,
  user: ServerUser | undefined,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const { cluster, log } = layout(home);
  await rename(log, `${log}.previous`).catch(() => {});
  const output = await open(log, 'a+', 0o600);
  const words = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', cluster, ...words], {
    ...user,
    cwd: home,
    env: CHILD_ENVIRONMENT,
    stdio: ['ignore', output.fd, output.fd],
    // Its own session: Ctrl-C in the terminal reaches us alone, and we end it in order.
    detached: true,
    windowsHide: true,
  });
  const spawned = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new StartError(`PostgreSQL could not be run: ${cause.message}`, { cause })));
  });
  const onExit = () => void child.kill('SIGINT');
  process.once('exit', onExit);
  const release = () => void process.off('exit', onExit);
  try {
    await spawned;
    const running = await waitUntilReady(child, cluster, log, output);
    child.unref();
    return { ...running, release };
  } catch (fault) {
    child.kill('SIGINT');
    release();
    throw fault;
  } finally {
    await output.close();
  }
}

/** By the open file and not by its name: another start on the directory may have put its own log there since. */
async function wordsOf(output: FileHandle): Promise<string> {
  const { size } = await output.stat();
  const { buffer } = await output.read(Buffer.alloc(size), 0, size, 0);
  return buffer.toString('utf8');
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no loopback port could be had');
  return address.port;
}

async function waitUntilReady(
  child: ChildProcess,
  cluster: string,
  log: string,
  output: FileHandle,
): Promise<RunningServer> {
  for (let waited = 0; waited < START_PATIENCE_MS; waited += 25) {
    const found = await readPidFile(cluster);
    if (found?.ready === true && found.pid === child.pid) return found;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartError(`PostgreSQL did not start: ${lastLines(await wordsOf(output))}`);
    }
    await wait(25);
  }
  throw new StartError(`PostgreSQL did not become ready within ${START_PATIENCE_MS / 1000} s; its log is ${log}`);
}
