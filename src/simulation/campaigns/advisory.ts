import type { Campaign } from '../group.ts';
import { quota } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool, poolClients } from './pool.ts';

/**
 * The indicators of the joint advisory AA26-251A: an enterprise's throughput on a person's plan, all of it from the
 * first hour and around the clock, each account over many addresses and clients.
 */
export const advisory: Campaign = {
  name: 'advisory',
  build(world) {
    const { random } = world;
    const clients = poolClients(world, random.fork('all clients'), 12);
    return {
      customers: makePool(world, random, {
        accounts: 400,
        queue: {
          wrappers: makeWrappers(random.fork('wrappers'), 5, { elicit: 0.8, inPrompt: 0.4 }),
          tasks: [
            ['software', 5],
            ['math', 3],
            ['questions', 2],
          ],
        },
        rhythm: () => quota(400, 20),
        perPayment: 3,
        paymentKind: 'virtual_card',
        disposable: 0.4,
        age: 'fresh',
        freshDays: 1,
        plan: 'personal',
        clients: 12,
        habits: { client: (dice) => dice.pick(clients) },
      }),
    };
  },
};
