import { type LookAlike, sizeOf } from '../group.ts';
import { Countries, networksOf } from '../networks.ts';
import { makePerson } from '../person.ts';
import { atHome, behindGateway, mixedPlaces } from '../places.ts';

/** Unrelated people who leave a VPN through the same few addresses. */
export const vpnExits: LookAlike = {
  name: 'vpn-exits',
  build(world) {
    const { random } = world;
    const exits = networksOf(world.networks, 'vpn').map((network) => behindGateway(network, random, 12));
    return {
      customers: Array.from({ length: sizeOf(world, 0.02, 30) }, (_, i) => {
        const own = random.fork(i);
        const country = own.pickPopular(Countries)[0];
        const exit = own.pickPopular(exits, 1.5);
        return makePerson(world, own, {
          account: { country, ...(own.chance(0.1) ? { mail: 'disposable' as const } : {}) },
          habits: { place: mixedPlaces(exit, atHome(world, own, country), own.between(0, 0.4)) },
        });
      }),
    };
  },
};
