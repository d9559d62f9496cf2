import { type LookAlike, sizeOf } from '../group.ts';
import { networksOf, offsetOf } from '../networks.ts';
import { makePerson } from '../person.ts';
import { behindGateway } from '../places.ts';
import { DAY, flat, HOUR, human, together, within } from '../rhythm.ts';

/** A weekend in one hall: a burst of sign-ups, prepaid credit, starter code, hard use without a night, then silence. */
export const hackathon: LookAlike = {
  name: 'hackathon',
  build(world) {
    const { random } = world;
    const network = random.pick(networksOf(world.networks, 'office'));
    const hall = behindGateway(network, random, 2);
    const days = (world.endAt - world.startAt) / DAY;
    const opensAt = world.startAt + random.between(0.1, Math.max(0.2, days - 2.2)) * DAY;
    const client = random.pick(world.clients.sdks);
    const hard = { shape: 'service', zone: offsetOf(network.country), weekend: 1.2, session: 7, idle: 0 } as const;
    return {
      customers: Array.from({ length: sizeOf(world, 0.006, 26) }, (_, i) => {
        const own = random.fork(i);
        const day = human({ ...hard, perDay: own.logNormal(45, 0.7) });
        return makePerson(world, own, {
          account: {
            createdAt: opensAt + own.float() * 2 * HOUR,
            country: network.country,
            payment: { kind: own.chance(0.7) ? 'prepaid' : 'none', fingerprint: null },
            plan: 'trial',
            verification: 'email',
          },
          application: {
            ...(own.chance(0.5) ? { instruction: own.pick(world.prompts.starters) } : {}),
            tasks: [
              ['software', 4],
              ['agentic', 4],
              ['chat', 1],
            ],
          },
          habits: {
            rhythm: within(opensAt, opensAt + 40 * HOUR, together(day, flat(own.logNormal(8, 0.8)))),
            place: hall,
            ...(own.chance(0.5) ? { client: () => client } : {}),
            accessPath: () => 'api',
          },
        });
      }),
    };
  },
};
