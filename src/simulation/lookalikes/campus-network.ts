import { type LookAlike, sizeOf } from '../group.ts';
import { networksOf } from '../networks.ts';
import { makePerson } from '../person.ts';
import { atHome, behindGateway, mixedPlaces } from '../places.ts';

/** Students and researchers behind a campus gateway: many accounts on few addresses, nothing else in common. */
export const campusNetwork: LookAlike = {
  name: 'campus-network',
  build(world) {
    const { random } = world;
    const network = random.pick(networksOf(world.networks, 'campus'));
    const gateway = behindGateway(network, random, 4);
    const domain = `campus-${random.id(4)}.example`;
    return {
      customers: Array.from({ length: sizeOf(world, 0.012, 24) }, (_, i) => {
        const own = random.fork(i);
        const home = atHome(world, own, network.country);
        return makePerson(world, own, {
          account: {
            country: network.country,
            ...(own.chance(0.5) ? { mail: { domain } } : {}),
            program: own.weighted([
              ['none', 6],
              ['education', 3],
              ['research', 1],
            ] as const),
          },
          habits: { place: mixedPlaces(gateway, home, own.between(0.2, 0.6)) },
        });
      }),
    };
  },
};
