import { parseArgs } from 'node:util';
import type pg from 'pg';
import { silentLog } from '../src/log.ts';
import { createTemporaryDatabase } from '../src/replay/temporary-database.ts';
import { failWith } from './fail.ts';
import { machine } from './machine.ts';
import { at, errorAtLargest, fitLine, type Point } from './scale/fit-line.ts';
import { type Load, measureLoad } from './scale/measure-load.ts';

// What a day costs as it grows, and what that predicts: `npm run bench:scaling -- --scales 0.005,0.01,0.02,0.04`.

const USAGE = 'usage: npm run bench:scaling -- [--scales X,Y,Z,…] [--days N]';
const fail: (problem: string) => never = failWith(USAGE);
/** The disclosed campaign among eleven times as much, and a billion exchanges a day at 26 an account. */
const PREDICTED = [
  { name: 'the letter at full size', accounts: 275_000, exchanges: 7.0e6 },
  { name: '10⁹ exchanges a day', accounts: 38_500_000, exchanges: 1e9 },
];

function read() {
  try {
    return parseArgs({
      options: {
        scales: { type: 'string', default: '0.005,0.01,0.02,0.04' },
        days: { type: 'string', default: '3' },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = read();
const scales = options.scales.split(',').map(Number);
const days = Number(options.days);
if (scales.length < 3 || !scales.every((scale) => scale > 0 && scale <= 1))
  fail(`--scales must be three numbers or more above nought and at most 1, and is "${options.scales}".`);
if (!Number.isInteger(days) || days < 2) fail(`--days must be a whole number of at least 2, and is "${options.days}".`);

async function on<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const database = await createTemporaryDatabase(process.env['DATABASE_URL'], silentLog);
  try {
    return await work(database.pool);
  } finally {
    await database.remove();
  }
}

const loads: Load[] = [];
for (const scale of scales) {
  loads.push(await on((pool) => measureLoad(pool, { scale, days })));
  process.stderr.write(`scale ${scale}: ${JSON.stringify(loads.at(-1))}\n`);
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const digits = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const percent = (value: number): string => `${value >= 0 ? '+' : '−'}${digits(Math.abs(value) * 100)} %`;
const MEASURES: { name: string; points: Point[]; of: (size: (typeof PREDICTED)[number]) => number }[] = [
  {
    name: 'ingest, counts and traits: s a day of traffic',
    points: loads.map((load) => ({ x: load.exchangesADay, y: load.ingestSeconds + load.traitSeconds })),
    of: ({ exchanges }) => exchanges,
  },
  {
    name: 'one look, its hour’s traits included: s',
    points: loads.map((load) => ({ x: load.activeAccounts, y: load.lookSeconds })),
    of: ({ accounts }) => accounts,
  },
  {
    name: 'a day on disk: MB',
    points: loads.map((load) => ({ x: load.exchangesADay, y: load.megabytesADay })),
    of: ({ exchanges }) => exchanges,
  },
];

process.stdout.write(`The letter, simulated, ${days} days at ${scales.length} scales; ${machine()}.

${[
  line([
    'scale',
    'exchanges a day',
    'active accounts',
    'ingest and counts, s a day',
    'traits, s a day',
    'look, s',
    'MB a day',
  ]),
  line(Array.from({ length: 7 }, () => '---')),
  ...loads.map((load) =>
    line([
      load.scale,
      load.exchangesADay.toLocaleString('en', { maximumFractionDigits: 0 }),
      load.activeAccounts.toLocaleString('en'),
      ...[load.ingestSeconds, load.traitSeconds, load.lookSeconds, load.megabytesADay].map(digits),
    ]),
  ),
].join('\n')}

${[
  line([
    'cost',
    'fixed',
    'for each million',
    'error at the largest, from the others',
    ...PREDICTED.map(({ name }) => name),
  ]),
  line(Array.from({ length: 4 + PREDICTED.length }, () => '---')),
  ...MEASURES.map(({ name, points, of }) => {
    const model = fitLine(points);
    return line([
      name,
      digits(model.base),
      digits(model.each * 1e6),
      percent(errorAtLargest(points)),
      ...PREDICTED.map((size) => digits(at(model, of(size)))),
    ]);
  }),
].join('\n')}
`);
