import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/server.ts';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');
const KEY = 'a key for the benchmark, of some length';
const POLL_MS = 10;
const START_MS = 60_000;

export interface RunningBot {
  /** From the start of the process until it is ready. */
  startSeconds: number;
  /** Resident now and at most, in MB; undefined where the system does not tell. */
  memory(): Promise<[now: number | undefined, most: number | undefined]>;
  stop(): Promise<void>;
}

/** `retort start` as a process of its own, in Socket Mode with a sandbox; returns once it is ready. */
export async function startBot(
  { sandbox, url, main = MAIN }: { sandbox: Sandbox; url: string; main?: string | undefined },
  settings: Record<string, string> = {},
): Promise<RunningBot> {
  if (!existsSync(main)) throw new Error('the bot is not built; run: npm run build');
  const healthPort = await freePort();
  const start = performance.now();
  const bot = spawn(process.execPath, [main, 'start'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: sandbox.tokens.bot,
      SLACK_APP_TOKEN: sandbox.tokens.app,
      SLACK_API_URL: sandbox.apiUrl,
      RETORT_FINGERPRINT_KEY: KEY,
      RETORT_HEALTH_PORT: String(healthPort),
      ...settings,
    },
  });
  const stop = async () => {
    bot.kill('SIGTERM');
    if (bot.exitCode === null) await once(bot, 'exit');
  };
  try {
    await ready(bot, healthPort);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { startSeconds: (performance.now() - start) / 1_000, memory: () => memoryOf(bot), stop };
}

async function ready(bot: ChildProcess, port: number): Promise<void> {
  for (const end = Date.now() + START_MS; ; await sleep(POLL_MS)) {
    if (bot.exitCode !== null) throw new Error(`the bot ended with status ${bot.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > end) throw new Error('the bot is not ready after a minute');
  }
}

async function memoryOf({ pid }: ChildProcess): Promise<[number | undefined, number | undefined]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const figure = (name: string) => {
    const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1];
    return found === undefined ? undefined : Number(found) / 1024;
  };
  return [figure('VmRSS'), figure('VmHWM')];
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}
