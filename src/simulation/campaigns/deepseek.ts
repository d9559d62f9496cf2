import type { Customer } from '../customer.ts';
import type { Campaign } from '../group.ts';
import { DAY, flat } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

const BATCHES_PER_DAY = 110;
const TAKES_PART = 0.8;

/**
 * February 2026: over 150,000 exchanges. The model as a reward model (rubric grading) and reasoning traces; jobs are
 * dealt in batches to all accounts at once, with the load balanced over them; payment methods are shared.
 */
export const deepseek: Campaign = {
  name: 'deepseek',
  build(world) {
    const { random } = world;
    const wrappers = [
      ...makeWrappers(random.fork('grading'), 3, { elicit: 0.5, grading: true, inPrompt: 0.3 }),
      ...makeWrappers(random.fork('traces'), 3, { elicit: 1, inPrompt: 0.3 }),
    ];
    const customers = makePool(world, random, {
      accounts: 120,
      queue: {
        wrappers,
        tasks: [
          ['rubric', 5],
          ['math', 2],
          ['software', 2],
          ['questions', 1],
        ],
      },
      rhythm: () => flat(0),
      perPayment: 15,
      paymentKind: 'prepaid',
      disposable: 0.3,
      age: 'fresh',
      clients: 3,
    });
    const timing = random.fork('batches');
    const plan = (dayStart: number, announce: (at: number, customer: Customer) => void): void => {
      for (let batch = 0; batch < BATCHES_PER_DAY; batch++) {
        const at = dayStart + ((batch + timing.float()) / BATCHES_PER_DAY) * DAY;
        if (at < world.campaignAt) continue;
        for (const customer of customers) {
          if (timing.chance(TAKES_PART)) announce(at + timing.exponential(6_000), customer);
        }
      }
    };
    return { customers, plan };
  },
};
