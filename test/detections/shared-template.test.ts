import { sharedTemplate } from '../../src/detections/shared-template.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import type { Random } from '../../src/simulation/random.ts';
import { DAY } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { END, type Life, people, queue, START, type World } from './world.ts';

const ELICITS =
  'Solve the task below. Think step by step and write out your reasoning inside tags before the final answer, then state how sure you are of it. Task:';
const GRADES =
  'You are given a question and a candidate answer. Grade the answer from 1 to 10 by the rubric and explain where it loses points. Question:';
const PLAIN = 'Translate the following customer message into polite French, keep all names as they are. Message:';

/** Each a plain one. */
const WRAPPERS = [
  PLAIN,
  'Rewrite the notes below as a short letter to a friend of the company, in the first person. Notes:',
  'You keep the catalogue of a small museum and answer what visitors send you in one paragraph. Question:',
  'Turn this list into a table with two columns and a heading, and leave out what is empty. List:',
];

type Make = (world: World, random: Random) => Partial<ExchangeLine>;
const wrapped =
  (wrapper: string): Make =>
  (world, random) => ({ prompt: `${wrapper} ${world.words(20, random)}` });
const asSystem =
  (instructions: string): Make =>
  (world, random) => ({ system_instructions: instructions, prompt: world.words(20, random) });

/** A queue deals its work over accounts; `share` of their exchanges is its own. */
function dealt(
  world: World,
  count: number,
  make: Make,
  { share = 1, perDay = 26, life = {} }: { share?: number; perDay?: number; life?: Life } = {},
): string[] {
  return world.pool(count, {
    rhythm: queue(perDay),
    exchange: (_, random) => (random.chance(share) ? make(world, random) : {}),
    ...life,
  });
}

/** A day of a queue that deals five a day and account, under any of the wrappers. */
const lastDay = (world: World, count: number, cardOf: (index: number) => string | undefined): string[] =>
  world.pool(count, (index) => {
    const card = cardOf(index);
    return {
      account: card === undefined ? {} : { payment_fingerprint: card },
      rhythm: queue(5),
      from: END - DAY,
      exchange: (_, random) => wrapped(random.pick(WRAPPERS))(world, random),
    };
  });

/** Some of them much, others hardly ever, in sittings: as people use what they like. */
const zeal = (world: World): number => world.random.logNormal(6, 1.3);

describeDetection(sharedTemplate, {
  fires: {
    'a wrapper that elicits reasoning, dealt over 24 accounts': (world) => dealt(world, 24, wrapped(ELICITS)),
    'grading by a rubric': (world) => dealt(world, 24, wrapped(GRADES)),
    'instructions of the system, and prompts that share nothing': (world) => dealt(world, 24, asSystem(ELICITS)),
    'a quarter of the traffic of accounts that do other work, too': (world) =>
      dealt(world, 40, wrapped(ELICITS), { share: 0.25, perDay: 60 }),
    'labels of the provider in place of wording': (world) =>
      dealt(world, 24, (_, random) => ({ ...wrapped(PLAIN)(world, random), labels: ['cot_elicitation'] })),
    'plain work that is dealt evenly and is all that its accounts do': (world) => dealt(world, 24, wrapped(PLAIN)),
    'plain work under four wrappers at once, each a small part of what its accounts do': (world) =>
      dealt(world, 40, (own, random) => wrapped(WRAPPERS[random.int(0, WRAPPERS.length - 1)] ?? PLAIN)(own, random), {
        share: 0.6,
        perDay: 60,
      }),
    'plain work under four wrappers, five a day, by accounts that share cards among themselves': (world) =>
      lastDay(world, 24, (index) => `card ${Math.floor(index / 8)}`),
    'the accounts that were dealt it, not strangers who met it once': (world) => {
      world.pool(12, {
        rhythm: queue(40),
        exchange: (index, random) => (index === 0 ? wrapped(ELICITS)(world, random) : {}),
      });
      return dealt(world, 24, wrapped(ELICITS));
    },
    'the accounts for whom it asks, not those who send its opening as plain work, as often': (world) => {
      dealt(world, 16, wrapped(PLAIN), { share: 0.1, perDay: 60 });
      return dealt(world, 24, (_, random) => ({ ...wrapped(PLAIN)(world, random), labels: ['cot_elicitation'] }), {
        share: 0.1,
        perDay: 60,
      });
    },
  },
  staysQuiet: {
    'the same five a day by accounts that share no cards': (world) => lastDay(world, 24, () => undefined),
    'the same by accounts whose cards pay for as many others': (world) => {
      world.pool(24, (index) => ({ account: { payment_fingerprint: `card ${Math.floor(index / 8)}` } }));
      return lastDay(world, 24, (index) => `card ${Math.floor(index / 8)}`);
    },
    'one account fewer than the threshold': (world) => dealt(world, 4, wrapped(ELICITS)),
    'a campaign of one organisation against itself: its evaluation': (world) =>
      dealt(world, 24, wrapped(ELICITS), {
        life: { account: { organization_id: 'org_1' } },
      }),
    'plain work that is dealt as evenly, and is a small part of what its accounts do': (world) =>
      dealt(world, 40, wrapped(PLAIN), { share: 0.2, perDay: 60 }),
    'four applications that the same people use': (world) =>
      world.pool(40, (index) => ({
        rhythm: people(zeal(world), (index % 17) - 8),
        exchange: (_, random) => wrapped(WRAPPERS[random.int(0, WRAPPERS.length - 1)] ?? PLAIN)(world, random),
      })),
    'an application that elicits nothing, used by people': (world) =>
      world.pool(40, (index) => ({
        rhythm: people(zeal(world), (index % 17) - 8),
        exchange: (_, random) => asSystem(PLAIN)(world, random),
      })),
    'an agent framework’s instructions, used unevenly': (world) =>
      world.pool(40, (index) => ({
        rhythm: people(zeal(world), (index % 17) - 8),
        exchange: (_, random) => asSystem(ELICITS)(world, random),
      })),
    'a prompt that people like, beside their other work': (world) =>
      world.pool(40, (index) => {
        const share = Math.min(0.9, zeal(world) / 20);
        return {
          rhythm: people(20, (index % 17) - 8),
          exchange: (_, random) => (random.chance(share) ? wrapped(ELICITS)(world, random) : {}),
        };
      }),
    'a public evaluation, whose items everyone repeats': (world) => {
      const items = Array.from({ length: 60 }, () => `${ELICITS} ${world.words(20)}`);
      return world.pool(12, {
        rhythm: (day) => (day === START ? items.map((_, index) => day + index * 90_000) : []),
        exchange: (index) => ({ prompt: items[index] }),
      });
    },
    'too few uses an account to tell dealing from chance': (world) =>
      dealt(world, 24, wrapped(ELICITS), { share: 0.02, perDay: 30 }),
    'a gateway that gives no text': (world) => dealt(world, 24, () => ({ prompt: null, system_instructions: null })),
    'bare questions': (world) => dealt(world, 24, (_, random) => ({ prompt: world.words(25, random) })),
  },
});
