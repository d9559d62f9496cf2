import { apiKeys } from '../applications.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { makePerson } from '../person.ts';
import { onServers } from '../places.ts';
import { cron } from '../rhythm.ts';

/** Jobs of unrelated owners that run on the minute, day and night, with the same instructions every time. */
export const cronJobs: LookAlike = {
  name: 'cron-jobs',
  build(world) {
    return {
      customers: Array.from({ length: sizeOf(world, 0.01, 14) }, (_, i) => {
        const own = world.random.fork(i);
        const every = own.pick([15, 30, 60, 60, 60, 120, 360, 1440]);
        // Most people leave the minute at zero, so unrelated jobs coincide.
        const offset = own.chance(0.6) ? 0 : own.int(0, Math.min(59, every - 1));
        return makePerson(world, own, {
          application: { tasks: [[own.pick(['extraction', 'software', 'translation', 'generation'] as const), 1]] },
          habits: {
            rhythm: cron(every, offset, every >= 60 ? own.int(1, 4) : 1),
            place: onServers(world, own, 1),
            accessPath: () => 'api',
            apiKeys: apiKeys(own, 1),
            turns: 1,
          },
        });
      }),
    };
  },
};
