import type { Campaign } from '../group.ts';
import { pivotModel } from '../models.ts';
import { flat } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** February 2026: over 13 million exchanges of agentic coding and tools; nearly half moved within a day to a new model. */
export const minimax: Campaign = {
  name: 'minimax',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 9, { elicit: 0.5, inPrompt: 0.1 });
    return {
      customers: makePool(world, random, {
        accounts: 2_000,
        queue: {
          wrappers,
          tasks: [
            ['agentic', 7],
            ['software', 3],
          ],
          attaches: 2_200,
        },
        rhythm: () => flat(217),
        perPayment: 10,
        paymentKind: 'virtual_card',
        disposable: 0.3,
        age: 'fresh',
        clients: 5,
        habits: { turns: 7, thinks: 0.6, model: pivotModel(world.releases, 0.48, 8) },
      }),
    };
  },
};
