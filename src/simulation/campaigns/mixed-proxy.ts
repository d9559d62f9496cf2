import { makeApplication, writeFor } from '../applications.ts';
import type { Campaign } from '../group.ts';
import { flat, human, together } from '../rhythm.ts';
import { makeWrappers, takeJob } from './jobs.ts';
import { makePool } from './pool.ts';

const CAMPAIGN_SHARE = 0.5;

/** A proxy network of some 20,000 accounts that carries unrelated customers' requests beside the campaign's. */
export const mixedProxy: Campaign = {
  name: 'mixed-proxy',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 6, { elicit: 0.8, inPrompt: 0.3 });
    const queue = {
      wrappers,
      tasks: [
        ['software', 4],
        ['agentic', 4],
        ['math', 2],
      ],
    } as const;
    const customersOfNetwork = Array.from({ length: Math.max(60, Math.round(9_000 * world.scale)) }, (_, i) =>
      writeFor(makeApplication(world, random.fork(`customer ${i}`))),
    );
    const zone = random.int(-7, 9);
    return {
      customers: makePool(world, random, {
        accounts: 20_000,
        queue,
        rhythm: () =>
          together(flat(18), human({ perDay: 16, shape: 'service', zone, weekend: 0.8, session: 4, idle: 0.02 })),
        perPayment: 6,
        paymentKind: 'virtual_card',
        disposable: 0.6,
        age: 'mixed',
        clients: 4,
        habits: {
          write: (dice, at) =>
            dice.chance(CAMPAIGN_SHARE) ? takeJob(queue, dice) : dice.pickPopular(customersOfNetwork, 2)(dice, at),
        },
      }),
    };
  },
};
