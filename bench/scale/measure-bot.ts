import type { Sandbox } from '../../sandbox/server.ts';
import type { TemporaryDatabase } from '../../src/replay/temporary-database.ts';
import { askQuestion } from './ask-question.ts';
import type { Figure } from './figure.ts';
import { percentile } from './percentile.ts';
import { startBeside } from './start-beside.ts';
import { startBot } from './start-bot.ts';
import type { WorldLines } from './world-lines.ts';

/** Nobody asks so much that the limit of one person's requests is reached. */
const PEOPLE = Array.from({ length: 10 }, (_, at) => `U0BENCH${at}`);
const VERBS = ['/campaign status', '/campaign list', '/campaign show 1'];
const ROUNDS = 100;

/**
 * The bot as a process of its own on the filled database: how long it takes to be ready, how soon it acknowledges and
 * answers while an hour of traffic after the other is ingested and looked at beside it, and its memory.
 */
export async function measureBot(
  { url }: TemporaryDatabase,
  world: WorldLines,
  say: (line: string) => void,
): Promise<Figure[]> {
  const bot = await startBot(url);
  try {
    const { sandbox, startSeconds } = bot;
    const traffic = startBeside('beside.ts', url, String(world.endAt));
    const times = await ask(sandbox);
    const beside = await traffic.stop();
    const [resident, most] = await bot.memory();
    const detections = await bot.detectionsMemory();
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
        note: `${resident?.toFixed(0) ?? '–'} at the end; the process of its detections: ${detections?.toFixed(0) ?? 'not started'}`,
      },
    ];
  } finally {
    await bot.stop();
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
      const took = await askQuestion(sandbox, user, verb);
      acked.push(took.acked);
      answered.push(took.answered);
    }
  }
  return { acked, answered };
}
