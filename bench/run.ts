import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { silentLog } from '../src/log.ts';
import { createTemporaryDatabase } from '../src/replay/temporary-database.ts';
import { version } from '../src/version.ts';
import { failWith } from './fail.ts';
import { machine } from './machine.ts';
import { type Figure, figureTable } from './scale/figure.ts';
import { measureBot } from './scale/measure-bot.ts';
import { measureCampaign } from './scale/measure-campaign.ts';
import { measureCycle } from './scale/measure-cycle.ts';
import { measureDuckdb } from './scale/measure-duckdb.ts';
import { measureIngest } from './scale/measure-ingest.ts';
import { measureStorage } from './scale/measure-storage.ts';
import { worldLines } from './scale/world-lines.ts';

// What Retort costs, as ratios within one run where a time by itself says little: `npm run bench -- --scale 0.01`.

const USAGE = 'usage: npm run bench -- [--scale X] [--days N] [--only ingest,history,campaign] [--json FILE]';
const PARTS = ['ingest', 'history', 'campaign'] as const;
type Part = (typeof PARTS)[number];

const fail: (problem: string) => never = failWith(USAGE);

function read() {
  try {
    return parseArgs({
      options: {
        scale: { type: 'string', default: '0.0005' },
        days: { type: 'string', default: '45' },
        only: { type: 'string', default: PARTS.join(',') },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = read();
const scale = Number(options.scale);
const days = Number(options.days);
if (!(scale > 0 && scale <= 1)) fail(`--scale must be a number above nought and at most 1, and is "${options.scale}".`);
if (!Number.isInteger(days) || days < 8) fail(`--days must be a whole number of at least 8, and is "${options.days}".`);
const only = options.only.split(',');
const wrong = only.find((name) => !PARTS.includes(name as Part));
if (wrong !== undefined) fail(`--only takes ${PARTS.join(', ')}, and not "${wrong}".`);
const wants = (part: Part) => only.includes(part);

const say = (line: string) => process.stderr.write(`${line}\n`);
const figures: Figure[] = [];
/** A database of its own for each part, so that none finds another's data. */
async function on(work: (database: Awaited<ReturnType<typeof createTemporaryDatabase>>) => Promise<Figure[]>) {
  const database = await createTemporaryDatabase(process.env['DATABASE_URL'], silentLog);
  try {
    const found = await work(database);
    for (const { measure, value } of found) say(`${measure}: ${value?.toPrecision(3) ?? '–'}`);
    figures.push(...found);
  } finally {
    await database.remove();
  }
}

/** Enough that what a process is slow at first, reading a line as well as summing up, is not what is measured. */
const lines = Math.round(Math.min(2_000_000, 1_000_000_000 * scale));
if (wants('ingest')) {
  await on((database) => measureIngest(database, 'none', { lines, toReach: 100_000 }));
  await on((database) => measureIngest(database, 'kilobyte', { lines: Math.round(lines / 2), toReach: 40_000 }));
}
if (wants('history')) {
  await on(async (database) => {
    const world = worldLines({ scale, days, seed: 'history', text: 'own' });
    const found = await measureCycle(database.pool, world, say);
    found.push(...(await measureDuckdb(database.pool, say)));
    found.push(...(await measureBot(database, world, say)));
    found.push(...(await measureStorage(database.pool, world.endAt)));
    return found;
  });
}
if (wants('campaign')) {
  await on(({ pool }) => measureCampaign(pool, worldLines({ scale, days, seed: 'campaign', text: 'own' }), say));
}

process.stdout.write(`The letter, simulated, at scale ${scale} over ${days} days; Retort ${version}, ${
  process.env['DATABASE_URL'] === undefined ? 'its own PostgreSQL' : 'the PostgreSQL of DATABASE_URL'
}; ${machine()}.

${figureTable(figures)}
`);
if (options.json !== undefined) {
  await writeFile(
    options.json,
    `${JSON.stringify({ synthetic: true, scale, days, machine: machine(), figures }, null, 1)}\n`,
  );
}
