import type { Customer } from '../customer.ts';
import type { Campaign } from '../group.ts';
import { flat } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

const REPLAYED = 0.6;

/** 12 million exchanges in 14 days: reasoning signatures made in one account's conversation are replayed in others'. */
export const signatureReplay: Campaign = {
  name: 'signature-replay',
  build(world) {
    const { random } = world;
    const wrappers = makeWrappers(random.fork('wrappers'), 7, { elicit: 0.6, inPrompt: 0.3 });
    const customers: Customer[] = makePool(world, random, {
      accounts: 2_000,
      queue: {
        wrappers,
        tasks: [
          ['math', 4],
          ['software', 3],
          ['agentic', 3],
        ],
      },
      rhythm: () => flat(428),
      perPayment: 8,
      paymentKind: 'virtual_card',
      disposable: 0.4,
      age: 'fresh',
      clients: 4,
      habits: {
        turns: 3,
        thinks: 0.9,
        replays: (dice) => (dice.chance(REPLAYED) ? dice.pick(customers).conversationId || undefined : undefined),
      },
    });
    return { customers };
  },
};
