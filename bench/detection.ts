import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { version } from '../src/version.ts';
import { failWith } from './fail.ts';
import { machine } from './machine.ts';
import { reliability } from './detection/reliability.ts';
import { type Row, runScenario } from './detection/run-scenario.ts';
import { reliabilityTable, scenarioTable } from './detection/tables.ts';
import { SCENARIOS } from './worlds/scenarios.ts';

// How well the detections do on worlds of another hand: `npm run bench:detection -- --all --seed 7`.

const USAGE =
  'usage: npm run bench:detection -- [--all | --only NAME,NAME] [--seed N] [--size S] [--candidates] [--json FILE] [--strict]';
const QUICK = ['letter', 'thin13', 'alibaba', 'one-card-each', 'resale-only'];

const fail: (problem: string) => never = failWith(USAGE);

function read() {
  try {
    return parseArgs({
      options: {
        all: { type: 'boolean', default: false },
        only: { type: 'string' },
        seed: { type: 'string', default: '1' },
        size: { type: 'string', default: '1' },
        candidates: { type: 'boolean', default: false },
        json: { type: 'string' },
        strict: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const options = read();
const size = Number(options.size);
if (!(size > 0)) fail(`--size must be a number above nought, and is "${options.size}".`);
const names = options.all ? SCENARIOS.map(({ name }) => name) : (options.only?.split(',') ?? QUICK);
const chosen = names.map(
  (name) => SCENARIOS.find((each) => each.name === name) ?? fail(`There is no scenario "${name}".`),
);

const rows: Row[] = [];
for (const scenario of chosen) {
  process.stderr.write(`${scenario.name} …\n`);
  const row = await runScenario(scenario, { seed: options.seed, size, withCandidates: options.candidates });
  if (row !== undefined) rows.push(row);
  else
    process.stderr.write(
      `${scenario.name} is left out: it needs the real prompts of shared/data beside the checkout.\n`,
    );
}

const database = process.env['DATABASE_URL'] === undefined ? 'its own PostgreSQL' : 'the PostgreSQL of DATABASE_URL';
const bins = reliability(rows.flatMap(({ score, candidates }) => candidates ?? score?.verdicts ?? []));
process.stdout.write(`Synthetic worlds, seed ${options.seed}; Retort ${version}, ${database}; ${machine()}.

${scenarioTable(rows)}

${reliabilityTable(bins)}
`);
if (options.json !== undefined)
  await writeFile(options.json, `${JSON.stringify({ synthetic: true, rows, reliability: bins }, null, 1)}\n`);
if (options.strict && rows.some(({ score }) => score?.holds !== true)) process.exitCode = 1;
