import type { Client } from './clients.ts';
import type { Content } from './customer.ts';
import type { Surroundings } from './group.ts';
import type { Random } from './random.ts';
import { type Instruction, writeInstruction } from './text/instructions.ts';
import type { Voice } from './text/phrase.ts';
import { Capabilities, type Capability, writeTask } from './text/tasks.ts';
import { Topics } from './text/words.ts';

/** What an account uses the API for: its instructions, its subjects, and what it asks. */
export interface Application {
  readonly instruction?: Instruction | undefined;
  readonly nouns: readonly string[];
  readonly tasks: readonly (readonly [Capability, number])[];
  /** Some put the date or the user's name under their instructions. */
  readonly footer?: ((random: Random, at: number) => string) | undefined;
  /** Median tokens of documents sent along. */
  readonly attaches: number;
}

/** One or two subjects, as a person or product has. */
const ownSubjects = (random: Random): readonly string[] => random.sample(Topics, random.int(1, 2)).flat();

const datedFooter = (_: Random, at: number): string => `\nToday is ${new Date(at).toISOString().slice(0, 10)}.`;

/** An application or a person's use, unlike anybody else's unless it took its instructions from a public text. */
export function makeApplication(world: Surroundings, random: Random, wish: Partial<Application> = {}): Application {
  const nouns = wish.nouns ?? ownSubjects(random);
  const main = random.weighted<Capability>([
    ['software', 18],
    ['agentic', 14],
    ['chat', 18],
    ['support', 8],
    ['extraction', 12],
    ['questions', 9],
    ['translation', 6],
    ['creative', 5],
    ['math', 3],
    ['tutoring', 4],
    ['generation', 2],
    ['rubric', 1.5],
  ]);
  const source = random.float();
  const own = () => writeInstruction({ random, nouns }, { elicit: 0.16, rules: [1, 7], grading: main === 'rubric' });
  const instruction = source < 0.62 ? own() : source < 0.8 ? random.pickPopular(world.prompts.common, 2) : undefined;
  return {
    instruction,
    nouns,
    tasks: [
      [main, 8],
      [random.pick(Capabilities), 2],
      ['chat', 0.6],
    ],
    footer: random.chance(0.15) ? datedFooter : undefined,
    attaches: random.chance(0.4) ? random.logNormal(700, 1.2) : 0,
    ...wish,
  };
}

/** The requests of an application. */
export function writeFor(app: Application): (random: Random, at: number) => Content {
  return (random, at) => {
    const voice: Voice = { random, nouns: app.nouns };
    const capability = random.weighted(app.tasks);
    const base = app.instruction?.text;
    return {
      system: base === undefined || app.footer === undefined ? base : base + app.footer(random, at),
      prompt: writeTask(capability, voice),
      capability,
      elicits: app.instruction?.elicits === true || (capability === 'tutoring' && random.chance(0.3)),
      attached: app.attaches > 0 ? random.logNormal(app.attaches, 0.6) : 0,
    };
  };
}

/** One client, or two, that an account uses. Software popular with everybody is likeliest. */
export function ownClients(world: Surroundings, random: Random, kind: 'sdks' | 'browsers'): (dice: Random) => Client {
  const first = random.pickPopular(world.clients[kind], 1.8);
  const second = random.chance(0.25) ? random.pickPopular(world.clients[kind], 1.8) : first;
  return (dice) => (dice.chance(0.85) ? first : second);
}

export const apiKeys = (random: Random, count = random.chance(0.2) ? 3 : 1): string[] =>
  Array.from({ length: count }, () => `key_${random.id(10)}`);
