import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';
import { findScenario, Scenarios } from '../simulation/scenarios.ts';
import { DefaultStart, generateWorld, type World } from '../simulation/world.ts';
import { writeWorld } from '../simulation/write-world.ts';
import { HOUR_MS } from '../time-units.ts';
import { timeArgument } from './time-argument.ts';

interface SimulateOptions {
  scenario?: string;
  scale?: number;
  seed: string;
  out?: string;
  start: number;
  days?: number;
  gzip: boolean;
  list: boolean;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function wholeDays(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value) || value > 3_650) throw new InvalidArgumentError('It must be a whole number of days.');
  return value;
}

function scenarioList(): string {
  const width = Math.max(...Scenarios.map(({ name }) => name.length));
  return Scenarios.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`).join('\n');
}

/** Writes the world with a progress bar that runs over its days. Nothing is drawn where standard error is no terminal. */
async function writeWithProgress(world: World, folder: string, gzip: boolean) {
  const stream = process.stderr;
  if (!stream.isTTY) return writeWorld(world, folder, { gzip });
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage}% | day {day} | {exchanges} exchanges | {eta_formatted} left',
  });
  let exchanges = 0;
  bar.start((world.endAt - world.startAt) / HOUR_MS, 0, { day: 1, exchanges });
  try {
    return await writeWorld(world, folder, {
      gzip,
      onExchange: (occurredAt) => {
        exchanges++;
        if (exchanges % 5_000 !== 0) return;
        const hours = (Date.parse(occurredAt) - world.startAt) / HOUR_MS;
        bar.update(Math.floor(hours), { day: 1 + Math.floor(hours / 24), exchanges });
      },
    });
  } finally {
    bar.stop();
  }
}

async function simulate(options: SimulateOptions, command: Command): Promise<void> {
  if (options.list) {
    process.stdout.write(`${scenarioList()}\n`);
    return;
  }
  const { scenario: name, out } = options;
  if (name === undefined) command.error('error: --scenario is required; --list shows them all', { exitCode: 2 });
  if (out === undefined) command.error('error: --out is required', { exitCode: 2 });
  const scenario = findScenario(name);
  if (!scenario) {
    const nearest = closest(
      name,
      Scenarios.map((one) => one.name),
    );
    command.error(`error: no scenario '${name}'; did you mean '${nearest}'?\n\n${scenarioList()}`, { exitCode: 2 });
  }
  const world = generateWorld({
    scenario,
    seed: options.seed,
    startAt: options.start,
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    ...(options.days === undefined ? {} : { days: options.days }),
  });
  try {
    const truth = await writeWithProgress(world, out, options.gzip);
    const campaigns = truth.campaigns.filter(({ kind }) => kind === 'extraction').length;
    process.stderr.write(
      `${out}: ${truth.exchanges} exchanges of ${truth.accounts} accounts, ${campaigns} hidden campaign(s); see truth.json\n`,
    );
  } catch (error) {
    if (!isFileError(error)) throw error;
    command.error(`error: cannot write to ${out}: ${error.message}`, { exitCode: 1 });
  }
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';

/** `retort simulate`: writes a labelled world of traffic into a folder. Ends with `command.error`: 2 for wrong usage, 1 for a folder that can't be written. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('write a labelled world of simulated traffic, to try detections and settings on')
    .option('--scenario <name>', 'what to simulate (see --list)')
    .option('--scale <x>', 'size; 1 is the size that was disclosed, the default is one that is handy', positive)
    .option('--seed <n>', 'equal seeds give equal worlds', '1')
    .option('--out <dir>', 'folder to write to; made where it is missing')
    .option('--start <time>', 'first day', timeArgument, DefaultStart)
    .option('--days <n>', 'length of the world; by default that of the scenario', wholeDays)
    .option('--gzip', 'compress the records', false)
    .option('--list', 'print the scenarios', false)
    .action(simulate);
}
