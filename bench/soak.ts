import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { version } from '../src/version.ts';
import { failWith } from './fail.ts';
import { machine } from './machine.ts';
import { figureTable } from './scale/figure.ts';
import { MOST_GROWTH, soakFigures } from './soak/figures.ts';
import { runSoak } from './soak/run-soak.ts';

// Whether the bot grows under traffic and questions: `npm run bench:soak -- --minutes 60 --rate 1000`. Status 1 where it
// grows, loses or refuses anything.

const USAGE =
  'usage: npm run bench:soak -- [--minutes N] [--rate N] [--scale X] [--past-days N] [--most-growth MB] [--json FILE]';
const fail: (problem: string) => never = failWith(USAGE);

function read() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '60' },
        rate: { type: 'string', default: '1000' },
        scale: { type: 'string', default: '0.01' },
        'past-days': { type: 'string', default: '12' },
        'most-growth': { type: 'string', default: String(MOST_GROWTH) },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = read();
const [minutes, rate, scale] = [Number(options.minutes), Number(options.rate), Number(options.scale)];
const [pastDays, mostGrowth] = [Number(options['past-days']), Number(options['most-growth'])];
if (!(minutes > 0)) fail(`--minutes must be a number above nought, and is "${options.minutes}".`);
if (!(rate > 0 && rate <= 20_000)) fail(`--rate must be above nought and at most 20000, and is "${options.rate}".`);
if (!(scale > 0 && scale <= 1)) fail(`--scale must be a number above nought and at most 1, and is "${options.scale}".`);
if (!Number.isInteger(pastDays) || pastDays < 1)
  fail(`--past-days must be a whole number of at least 1, and is "${options['past-days']}".`);
if (!(mostGrowth > 0)) fail(`--most-growth must be a number above nought, and is "${options['most-growth']}".`);

const databaseUrl = process.env['DATABASE_URL'];
const say = (line: string) => process.stderr.write(`${line}\n`);
const soak = await runSoak({ minutes, rate, scale, pastDays, databaseUrl, say });
const figures = soakFigures(soak, mostGrowth);
process.stdout.write(`${minutes} minutes at ${rate} exchanges a second of ${soak.accounts.toLocaleString('en')} accounts, after ${pastDays} days with ${soak.past.toLocaleString(
  'en',
)}; Retort ${version}, ${databaseUrl === undefined ? 'its own PostgreSQL' : 'the PostgreSQL of DATABASE_URL'}; ${machine()}.

${figureTable(figures)}
`);
if (options.json !== undefined) {
  const { samples, asked } = soak;
  await writeFile(options.json, JSON.stringify({ synthetic: true, machine: machine(), figures, samples, asked }));
}
process.exitCode = figures.every(({ holds }) => holds !== false) ? 0 : 1;
