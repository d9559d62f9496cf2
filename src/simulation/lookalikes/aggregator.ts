import { newOrganization } from '../accounts.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { flat, human, together } from '../rhythm.ts';
import { writeInstruction } from '../text/instructions.ts';
import { Capabilities, writeTask } from '../text/tasks.ts';
import { Nouns } from '../text/words.ts';

/** A reseller under contract: thousands of end users' requests of every kind, round the clock, through one account. */
export const aggregator: LookAlike = {
  name: 'aggregator',
  build(world) {
    const perDay = Math.max(150, Math.min(60_000, 0.4 * world.population));
    const busy = { shape: 'service', zone: 0, weekend: 0.8, session: 2, idle: 0 } as const;
    return {
      customers: Array.from({ length: sizeOf(world, 0.00002, 1) }, (_, i) => {
        const own = world.random.fork(i);
        const endUsers = Array.from({ length: Math.min(4_000, Math.ceil(perDay / 5)) }, () => `u-${own.id(8)}`);
        const apps = Array.from({ length: 40 }, () =>
          writeInstruction({ random: own, nouns: Nouns }, { elicit: 0.2, rules: [0, 5] }),
        );
        return makePerson(world, own, {
          account: {
            organization: newOrganization(own),
            mail: { domain: `${own.id(8)}.example` },
            plan: 'enterprise',
            program: 'reseller',
            verification: 'kyc',
          },
          habits: {
            rhythm: together(flat(perDay / 2), human({ ...busy, perDay: perDay / 2 })),
            place: onServers(world, own, 8),
            accessPath: () => 'api',
            endUser: (dice) => dice.pickPopular(endUsers),
            write: (dice) => {
              const app = dice.chance(0.3) ? undefined : dice.pickPopular(apps, 2);
              const capability = dice.pick(Capabilities);
              const prompt = writeTask(capability, { random: dice, nouns: Nouns });
              return { system: app?.text, prompt, capability, elicits: app?.elicits === true };
            },
            turns: 2,
          },
        });
      }),
    };
  },
};
