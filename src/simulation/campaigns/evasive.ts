import type { Campaign } from '../group.ts';
import { atHome } from '../places.ts';
import { flat, quota } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** Templates spoilt on purpose: random words before them, and a tenth of their words replaced each time. */
export const paddedTemplates: Campaign = {
  name: 'padded-templates',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 6, { elicit: 0.8, inPrompt: 0.6 });
    return {
      customers: makePool(world, random, {
        accounts: 800,
        queue: {
          wrappers,
          tasks: [
            ['software', 4],
            ['math', 3],
            ['agentic', 3],
          ],
          padded: true,
          edited: 0.1,
        },
        rhythm: () => flat(30),
        perPayment: 8,
        paymentKind: 'virtual_card',
        disposable: 0.3,
        age: 'fresh',
        clients: 4,
      }),
    };
  },
};

/** A card for every account, so that payment ties nobody; content and timing remain. */
export const oneCardEach: Campaign = {
  name: 'one-card-each',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 6, { elicit: 0.8, inPrompt: 0.3 });
    return {
      customers: makePool(world, random, {
        accounts: 600,
        queue: {
          wrappers,
          tasks: [
            ['software', 5],
            ['agentic', 3],
            ['math', 2],
          ],
        },
        rhythm: () => quota(35, 2),
        perPayment: 1,
        paymentKind: 'virtual_card',
        disposable: 0.2,
        age: 'fresh',
        clients: 4,
      }),
    };
  },
};

/** Accounts bought from strangers: old and new, with ordinary mail and addresses of their own, some with a company's name. */
export const mixedAges: Campaign = {
  name: 'mixed-ages',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 7, { elicit: 0.7, inPrompt: 0.3 });
    return {
      customers: makePool(world, random, {
        accounts: 600,
        queue: {
          wrappers,
          tasks: [
            ['software', 4],
            ['agentic', 4],
            ['questions', 2],
          ],
        },
        rhythm: () => flat(35),
        perPayment: 5,
        paymentKind: 'card',
        disposable: 0.03,
        age: 'mixed',
        organizations: 0.4,
        clients: 10,
        place: (own) => atHome(world, own, own.pick(['US', 'GB', 'DE', 'IN', 'BR', 'VN'])),
      }),
    };
  },
};
