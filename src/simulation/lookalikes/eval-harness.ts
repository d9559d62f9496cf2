import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { burst, DAY, human, together } from '../rhythm.ts';
import { type Capability, writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';

/** A public test harness that unrelated people run now and then, beside their usual work. */
export const evalHarness: LookAlike = {
  name: 'eval-harness',
  build(world) {
    const capabilities: readonly Capability[] = ['math', 'questions', 'software', 'rubric'];
    const suites = world.prompts.harnesses.map((instruction, i) => {
      const dice = world.random.fork(`suite ${i}`);
      const capability = capabilities[i % capabilities.length] ?? 'math';
      const items = Array.from({ length: 400 }, () => writeTask(capability, { random: dice, nouns: Nouns }));
      return { instruction, capability, items };
    });
    const client = world.random.pick(world.clients.sdks);
    const span = world.endAt - world.startAt - DAY / 2;
    return {
      customers: Array.from({ length: sizeOf(world, 0.006, 24) }, (_, i) => {
        const own = world.random.fork(i);
        const suite = own.pick(suites);
        const runs = Array.from({ length: own.int(1, 3) }, () =>
          burst(world.startAt + own.float() * span, own.int(40, 220), own.between(0.2, 2)),
        );
        const day = human({ perDay: 3, shape: 'office', zone: own.int(-8, 9), weekend: 0.4, session: 4, idle: 0.6 });
        return makePerson(world, own, {
          habits: {
            rhythm: together(day, ...runs),
            place: onServers(world, own),
            // The harness brings its own client, unless it was patched.
            ...(own.chance(0.8) ? { client: () => client } : {}),
            accessPath: () => 'api',
            write: (dice) => ({
              system: suite.instruction.text,
              prompt: dice.pick(suite.items),
              capability: suite.capability,
              elicits: suite.instruction.elicits,
            }),
            turns: 1,
          },
        });
      }),
    };
  },
};
