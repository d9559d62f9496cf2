import type { Campaign } from '../group.ts';
import { shift } from '../rhythm.ts';
import { makePool } from './pool.ts';

/** Questions of every subject without a wrapper: only infrastructure, payment and timing tie the accounts. */
export const bareQuestions: Campaign = {
  name: 'bare-questions',
  build(world) {
    return {
      customers: makePool(world, world.random, {
        accounts: 400,
        queue: {
          wrappers: [],
          tasks: [
            ['questions', 6],
            ['math', 2],
            ['software', 2],
          ],
        },
        rhythm: (index) => shift(40, index, 4),
        perPayment: 10,
        paymentKind: 'prepaid',
        disposable: 0.5,
        age: 'fresh',
        clients: 2,
        habits: { thinks: 0.7, verbosity: 1.6 },
      }),
    };
  },
};
