import type { Campaign } from '../group.ts';
import { flat } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** Thin and wide: 26 a day for each account, round the clock, on software engineering and agents. */
export const thinWide = (name: string, accounts: number): Campaign => ({
  name,
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 8, { elicit: 0.75, inPrompt: 0.3 });
    return {
      customers: makePool(world, random, {
        accounts,
        queue: {
          wrappers,
          tasks: [
            ['software', 5],
            ['agentic', 5],
            ['math', 0.5],
          ],
          attaches: 400,
        },
        rhythm: () => flat(26),
        perPayment: 8,
        paymentKind: 'virtual_card',
        disposable: 0.2,
        age: 'fresh',
        clients: 4,
      }),
    };
  },
});

/** The letter of June 2026: 28.8 million exchanges of some 25,000 accounts in six weeks. */
export const letter = thinWide('letter', 25_000);
