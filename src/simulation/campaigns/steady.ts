import type { Campaign } from '../group.ts';
import { quota } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** The report of September 2026: 3.4 million exchanges of 273 accounts in 17 days, 733 a day each. */
export const zhipu: Campaign = {
  name: 'zhipu',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 5, { elicit: 0.8, inPrompt: 0.4 });
    return {
      customers: makePool(world, random, {
        accounts: 273,
        queue: {
          wrappers,
          tasks: [
            ['software', 4],
            ['math', 3],
            ['questions', 3],
          ],
        },
        rhythm: () => quota(733, 30),
        perPayment: 4,
        paymentKind: 'card',
        disposable: 0.25,
        age: 'fresh',
        clients: 3,
      }),
    };
  },
};

/** The report of September 2026: 400,000 exchanges of over 1,500 accounts in 20 days, 13 a day each, never more. */
export const xiaomi: Campaign = {
  name: 'xiaomi',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 6, { elicit: 0.7, inPrompt: 0.5 });
    return {
      customers: makePool(world, random, {
        accounts: 1_540,
        queue: {
          wrappers,
          tasks: [
            ['questions', 3],
            ['software', 3],
            ['math', 2],
            ['creative', 1],
          ],
        },
        rhythm: () => quota(13),
        perPayment: 10,
        paymentKind: 'prepaid',
        disposable: 0.5,
        age: 'fresh',
        clients: 4,
      }),
    };
  },
};
