import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { DAY } from '../rhythm.ts';

/** Starter projects that unrelated beginners cloned lately: young accounts, one prompt, one client, one hosting network. */
export const starterApps: LookAlike = {
  name: 'starter-apps',
  build(world) {
    const { random } = world;
    const client = random.pick(world.clients.sdks);
    const host = onServers(world, random, 6);
    return {
      customers: Array.from({ length: sizeOf(world, 0.008, 24) }, (_, i) => {
        const own = random.fork(i);
        return makePerson(world, own, {
          account: {
            createdAt: world.startAt - own.exponential(14 * DAY) + own.between(0, 3) * DAY,
            plan: own.chance(0.4) ? 'trial' : 'metered',
            verification: 'email',
          },
          application: {
            instruction: own.pickPopular(world.prompts.starters, 2),
            tasks: [
              ['chat', 4],
              ['extraction', 3],
              ['questions', 3],
            ],
          },
          perDay: own.logNormal(6, 1),
          habits: { client: () => client, accessPath: () => 'api', ...(own.chance(0.6) ? { place: host } : {}) },
        });
      }),
    };
  },
};
