import type { Campaign } from '../group.ts';
import { DAY, flat, HOUR, type Rhythm } from '../rhythm.ts';
import { makeWrappers } from './jobs.ts';
import { makePool } from './pool.ts';

/** Of about 5,000 accounts 3,500 work on a day. */
const RESTS = 0.3;

const busyDays: Rhythm = (dayStart, random) => (random.chance(RESTS) ? [] : flat(857)(dayStart, random));

/**
 * The report of September 2026: over 151 million exchanges, 857 a day for each account at work. One fixed prompt that
 * forces reasoning into inline tags; throw-away mail, virtual cards, residential proxies; after the ban of the first
 * pool a second one, newly opened, goes on within hours.
 */
export const alibaba: Campaign = {
  name: 'alibaba',
  build(world) {
    const { random } = world;
    let wrappers = makeWrappers(random, 1, { elicit: 1, inPrompt: 1 });
    while (!wrappers[0]?.instruction.text.includes('<')) wrappers = makeWrappers(random, 1, { elicit: 1, inPrompt: 1 });
    const bannedAt = world.campaignAt + (world.endAt - world.campaignAt) * random.between(0.5, 0.65);
    const traits = {
      accounts: 5_000,
      queue: {
        wrappers,
        tasks: [
          ['software', 3],
          ['math', 3],
          ['agentic', 2],
          ['questions', 2],
        ],
      },
      rhythm: () => busyDays,
      perPayment: 3,
      paymentKind: 'virtual_card',
      disposable: 0.85,
      age: 'fresh',
      clients: 5,
    } as const;
    const reserve = random.fork('second pool');
    return {
      customers: [
        ...makePool(world, random.fork('first pool'), { ...traits, bannedAt }),
        ...makePool(world, reserve, {
          ...traits,
          from: bannedAt + reserve.between(2, 5) * HOUR,
          freshDays: (2 * HOUR) / DAY,
        }),
      ],
    };
  },
};
