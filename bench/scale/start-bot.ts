import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');
/** The key of every benchmark's fingerprints. */
export const BENCH_KEY = 'a key for the benchmark, of some length';
const POLL_MS = 10;
const START_MS = 180_000;

export interface RunningBot {
  sandbox: Sandbox;
  /** Of its health endpoint. */
  healthUrl: string;
  /** Seconds until it said that it was ready. */
  startSeconds: number;
  /** Resident now and at most, in MB; undefined where the system does not tell. */
  memory(): Promise<[number | undefined, number | undefined]>;
  /** The same at most, of the process that runs its detections; undefined before the first look, too. */
  detectionsMemory(): Promise<number | undefined>;
  /** Throws where it has ended by itself. */
  check(): void;
  stop(): Promise<void>;
}

/** `retort start`, as it was built, in a process of its own, with the sandbox for Slack. */
export async function startBot(
  databaseUrl: string,
  environment: Record<string, string> = {},
  main = MAIN,
): Promise<RunningBot> {
  if (!existsSync(main)) throw new Error('the bot is not built; run: npm run build');
  const sandbox = await createSandbox();
  const healthPort = await freePort();
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const start = performance.now();
  const bot = spawn(process.execPath, [main, 'start'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      SLACK_BOT_TOKEN: sandbox.tokens.bot,
      SLACK_APP_TOKEN: sandbox.tokens.app,
      SLACK_API_URL: sandbox.apiUrl,
      RETORT_FINGERPRINT_KEY: BENCH_KEY,
      RETORT_HEALTH_PORT: String(healthPort),
      ...environment,
    },
  });
  const check = () => {
    if (bot.exitCode !== null) throw new Error(`the bot ended with status ${bot.exitCode}`);
    if (bot.signalCode !== null) throw new Error(`the bot was ended by ${bot.signalCode}`);
  };
  const stop = async () => {
    bot.kill('SIGTERM');
    if (bot.exitCode === null && bot.signalCode === null) await once(bot, 'exit');
    await sandbox.close();
  };
  try {
    await ready(healthUrl, check);
  } catch (fault) {
    await stop();
    throw fault;
  }
  const startSeconds = (performance.now() - start) / 1_000;
  return {
    sandbox,
    healthUrl,
    startSeconds,
    memory: () => memoryOf(bot.pid),
    detectionsMemory: () => childMemory(bot),
    check,
    stop,
  };
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

async function ready(healthUrl: string, check: () => void): Promise<void> {
  for (const end = Date.now() + START_MS; ; await sleep(POLL_MS)) {
    check();
    const answer = await fetch(`${healthUrl}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > end) throw new Error('the bot is not ready after three minutes');
  }
}

async function childMemory({ pid }: ChildProcess): Promise<number | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const most = await Promise.all(
    children
      .trim()
      .split(' ')
      .map(async (child) => (await memoryOf(Number(child)))[1]),
  );
  return most.find((figure) => figure !== undefined);
}

async function memoryOf(pid: number | undefined): Promise<[number | undefined, number | undefined]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const figure = (name: string) => {
    const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1];
    return found === undefined ? undefined : Number(found) / 1024;
  };
  return [figure('VmRSS'), figure('VmHWM')];
}
