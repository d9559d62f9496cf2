import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { silentLog } from '../src/log.ts';
import { createTemporaryDatabase } from '../src/replay/temporary-database.ts';
import { version } from '../src/version.ts';
import { failWith } from './fail.ts';
import { machine } from './machine.ts';
import { askBot } from './verbs/ask-bot.ts';
import { fillDatabase } from './verbs/fill-database.ts';
import { verbTable } from './verbs/verb-table.ts';

// How soon every verb answers on a database as large as the letter's: `npm run bench:verbs -- --accounts 5500 --days 5`.
// The rows are made by SQL, and synthetic. With --look the detections look at them meanwhile, and what changes is not asked.

const USAGE = 'usage: npm run bench:verbs -- [--accounts N] [--days N] [--rounds N] [--look]';
/** The large campaign is an eleventh of the accounts, and forty others need some. */
const LEAST_ACCOUNTS = 2_000;

const fail: (problem: string) => never = failWith(USAGE);

function read() {
  try {
    return parseArgs({
      options: {
        accounts: { type: 'string', default: '275000' },
        days: { type: 'string', default: '45' },
        rounds: { type: 'string', default: '100' },
        look: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = read();
const number = (name: 'accounts' | 'days' | 'rounds', least: number): number => {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < least) fail(`--${name} must be a whole number of at least ${least}.`);
  return value;
};
const [accounts, days, rounds] = [number('accounts', LEAST_ACCOUNTS), number('days', 3), number('rounds', 1)];

const say = (line: string) => process.stderr.write(`${line}\n`);
const database = await createTemporaryDatabase(process.env['DATABASE_URL'], silentLog);
try {
  await fillDatabase(database.pool, { accounts, days, now: Date.now() }, say);
  const load = loadavg()[0] ?? 0;
  const { measured, memory, detections, look } = await askBot(database, { rounds, besideLook: options.look });
  process.stdout.write(`${accounts.toLocaleString('en')} accounts over ${days} days, made by SQL, ${rounds} rounds; \
Retort ${version}; ${machine()}; load ${load.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after; the bot took \
${memory?.toFixed(0) ?? '–'} MB at most, the process of its detections ${detections?.toFixed(0) ?? '–'}.${look === undefined ? '' : ` The look: ${look}.`}

${verbTable(measured)}
`);
} finally {
  await database.remove();
}
