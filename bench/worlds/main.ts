import { parseArgs } from 'node:util';
import { failWith } from '../fail.ts';
import { writeWorld } from './output/write-world.ts';
import { SCENARIOS, scenario, type Withheld } from './scenarios.ts';
import { createWorld } from './world.ts';

// Writes one labelled world: `node --import tsx bench/worlds/main.ts --scenario letter --seed 1 --out DIR`.

const USAGE = `usage: main.ts --scenario NAME --seed N --out DIR [--days D] [--size S] [--gzip]
       [--without labels,ja4,payment,text], or main.ts --list`;
const CAN_BE_WITHHELD: readonly string[] = ['labels', 'ja4', 'payment', 'text'];

const fail: (problem: string) => never = failWith(USAGE);

function read() {
  try {
    return parseArgs({
      options: {
        scenario: { type: 'string' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string' },
        days: { type: 'string' },
        size: { type: 'string' },
        gzip: { type: 'boolean', default: false },
        without: { type: 'string', default: '' },
        list: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const number = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  return Number(text) > 0 ? Number(text) : fail(`--${name} must be a number above nought, and is "${text}".`);
};

const options = read();
if (options.list) {
  process.stdout.write(SCENARIOS.map(({ name, description }) => `${name.padEnd(18)}${description}\n`).join(''));
} else {
  if (options.scenario === undefined || options.out === undefined)
    fail('A scenario and a folder to write it to are needed.');
  const chosen = scenario(options.scenario) ?? fail(`There is no scenario "${options.scenario}"; --list names them.`);
  const without = options.without.split(',').filter((each) => each !== '');
  const unknown = without.find((each) => !CAN_BE_WITHHELD.includes(each));
  if (unknown !== undefined) fail(`--without takes ${CAN_BE_WITHHELD.join(', ')}, and not "${unknown}".`);
  const world = createWorld({
    scenario: chosen,
    seed: options.seed,
    days: number('days', options.days),
    size: number('size', options.size),
    without: without as Withheld[],
  });
  if (world === undefined) {
    process.stderr.write(
      `"${chosen.name}" needs the real prompts of shared/data beside the checkout, or in RETORT_SHARED_DIR.\n`,
    );
    process.exit(1);
  }
  const { truth } = await writeWorld(world, options.out, options.gzip);
  const campaigns = truth.campaigns.map(
    ({ name, account_ids, exchange_count }) => `${name} ${account_ids.length} accounts ${exchange_count} exchanges`,
  );
  process.stdout.write(`${truth.exchanges} exchanges of ${truth.accounts} accounts: ${campaigns.join('; ')}\n`);
}
