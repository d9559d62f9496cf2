import type { Campaign } from '../group.ts';
import { flat, quota, shift } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** February 2026: over 3.4 million exchanges of hundreds of accounts of several kinds, over several access paths. */
export const moonshot: Campaign = {
  name: 'moonshot',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 10, { elicit: 0.7, inPrompt: 0.5 });
    return {
      customers: makePool(world, random, {
        accounts: 400,
        queue: {
          wrappers,
          tasks: [
            ['agentic', 4],
            ['software', 3],
            ['extraction', 2],
            ['questions', 1],
          ],
          attaches: 900,
        },
        rhythm: (index) => (index % 3 === 0 ? quota(300, 20) : flat(280)),
        perPayment: 6,
        paymentKind: 'card',
        disposable: 0.1,
        age: 'mixed',
        organizations: 0.3,
        clients: 8,
        accessPaths: [
          ['api', 4],
          ['bedrock', 2],
          ['vertex', 2],
          ['chat', 1],
          ['foundry', 1],
        ],
        programs: [
          ['none', 6],
          ['education', 2],
          ['startup', 2],
          ['research', 1],
        ],
      }),
    };
  },
};

/** The report of September 2026: 23 million exchanges of 5,380 accounts, 46 a day, in shifts that relieve one another. */
export const moonshot46: Campaign = {
  name: 'moonshot-46',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 12, { elicit: 0.8, inPrompt: 0.4 });
    return {
      customers: makePool(world, random, {
        accounts: 5_380,
        queue: {
          wrappers,
          tasks: [
            ['agentic', 4],
            ['software', 4],
            ['math', 2],
          ],
        },
        rhythm: (index) => shift(46, index, 3),
        perPayment: 7,
        paymentKind: 'virtual_card',
        disposable: 0.4,
        age: 'mixed',
        clients: 6,
      }),
    };
  },
};
