import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import type { TemporaryDatabase } from '../../src/replay/temporary-database.ts';
import type { Figure } from './figure.ts';
import type { WorldLines } from './world-lines.ts';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');
const BESIDE = path.resolve(import.meta.dirname, 'beside.ts');
const KEY = 'a key for the benchmark, of some length';
/** Nobody asks so much that the limit of one person's requests is reached. */
const PEOPLE = Array.from({ length: 10 }, (_, at) => `U0BENCH${at}`);
const VERBS = ['/campaign status', '/campaign list', '/campaign show 1'];
const ROUNDS = 100;
const POLL_MS = 10;
const START_MS = 60_000;

/**
 * The bot as a process of its own on the filled database: how long it takes to be ready, how soon it acknowledges and
 * answers while an hour of traffic after the other is ingested and looked at beside it, and its memory.
 */
export async function measureBot(
  { url }: TemporaryDatabase,
  world: WorldLines,
  say: (line: string) => void,
): Promise<Figure[]> {
  if (!existsSync(MAIN)) throw new Error('the bot is not built; run: npm run build');
  const sandbox = await createSandbox();
  const healthPort = await freePort();
  const start = performance.now();
  const bot = spawn(process.execPath, [MAIN, 'start'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: sandbox.tokens.bot,
      SLACK_APP_TOKEN: sandbox.tokens.app,
      SLACK_API_URL: sandbox.apiUrl,
      RETORT_FINGERPRINT_KEY: KEY,
      RETORT_HEALTH_PORT: String(healthPort),
    },
  });
  try {
    await ready(bot, healthPort);
    const startSeconds = (performance.now() - start) / 1_000;
    const traffic = startTraffic(url, world.endAt);
    const times = await ask(sandbox);
    const beside = await traffic.stop();
    const [resident, most] = await memoryOf(bot);
    say(`the bot: ready after ${startSeconds.toFixed(1)} s, ${resident?.toFixed(0) ?? '–'} MB`);
    const [acked, answered] = [percentile(times.acked, 0.99), percentile(times.answered, 0.99)];
    return [
      {
        measure: 'the bot’s start on a filled database, s',
        value: startSeconds,
        toReach: '≤ 3',
        holds: startSeconds <= 3,
      },
      {
        measure: 'status, list, show: acknowledged, p99 in ms',
        value: acked,
        toReach: '≤ 50',
        holds: acked <= 50,
        note: `median ${percentile(times.acked, 0.5).toFixed(1)}`,
      },
      {
        measure: 'status, list, show: answered, p99 in ms',
        value: answered,
        toReach: '≤ 150',
        holds: answered <= 150,
        note: `median ${percentile(times.answered, 0.5).toFixed(0)}; ${times.answered.length} verbs, beside ${beside}`,
      },
      {
        measure: 'the bot’s memory, MB resident',
        value: most,
        toReach: '≤ 250',
        ...(most === undefined ? {} : { holds: most <= 250 }),
        note: `${resident?.toFixed(0) ?? '–'} at the end`,
      },
    ];
  } finally {
    bot.kill('SIGTERM');
    if (bot.exitCode === null) await once(bot, 'exit');
    await sandbox.close();
  }
}

/** Milliseconds until a command was acknowledged, and until its answer was there. */
async function ask(sandbox: Sandbox) {
  const acked: number[] = [];
  const answered: number[] = [];
  for (const id of PEOPLE) sandbox.control.addPerson({ id, name: id.toLowerCase() });
  for (let round = 0; round < ROUNDS; round += 1) {
    const user = PEOPLE[round % PEOPLE.length] ?? '';
    for (const verb of VERBS) {
      const before = sandbox.control.ephemeral(user).length;
      const start = performance.now();
      await sandbox.say({ user, channel: 'C0ALERTS', text: verb });
      acked.push(performance.now() - start);
      await sandbox.control.until(() => sandbox.control.ephemeral(user).length > before, 30_000);
      answered.push(performance.now() - start);
    }
  }
  return { acked, answered };
}

/** Traffic that is ingested and looked at beside the bot by a process of its own; ends it, and says how much it was. */
function startTraffic(url: string, from: number): { stop(): Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', BESIDE, url, String(from)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  return {
    async stop() {
      child.stdin.end();
      return (await said).trim();
    },
  };
}

async function ready(bot: ChildProcess, port: number): Promise<void> {
  for (const end = Date.now() + START_MS; ; await sleep(POLL_MS)) {
    if (bot.exitCode !== null) throw new Error(`the bot ended with status ${bot.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > end) throw new Error('the bot is not ready after a minute');
  }
}

/** Resident now and at most, in MB; undefined where the system does not tell. */
async function memoryOf({ pid }: ChildProcess): Promise<[number | undefined, number | undefined]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const figure = (name: string) => {
    const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1];
    return found === undefined ? undefined : Number(found) / 1024;
  };
  return [figure('VmRSS'), figure('VmHWM')];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}
