import { newOrganization } from '../accounts.ts';
import { type LookAlike, sizeOf } from '../group.ts';
import { networksOf } from '../networks.ts';
import { makePerson } from '../person.ts';
import { atHome, behindGateway, mixedPlaces } from '../places.ts';

/** Buildings whose companies share a few addresses: colleagues, and strangers on other floors. */
export const officeNetwork: LookAlike = {
  name: 'office-network',
  build(world) {
    const { random } = world;
    const count = sizeOf(world, 0.02, 30);
    const networks = networksOf(world.networks, 'office');
    const buildings = Array.from({ length: Math.max(1, Math.round(count / 40)) }, (_, i) => {
      const dice = random.fork(`building ${i}`);
      const network = dice.pick(networks);
      const firms = Array.from({ length: 3 }, () => ({
        organization: newOrganization(dice),
        domain: `${dice.id(8)}.example`,
      }));
      return { country: network.country, gateway: behindGateway(network, dice, 3), firms };
    });
    return {
      customers: Array.from({ length: count }, (_, i) => {
        const own = random.fork(i);
        const building = own.pick(buildings);
        const firm = own.pick(building.firms);
        const home = atHome(world, own, building.country);
        return makePerson(world, own, {
          account: {
            country: building.country,
            ...(own.chance(0.6) ? { organization: firm.organization, mail: { domain: firm.domain } } : {}),
          },
          habits: { place: mixedPlaces(building.gateway, home, 0.15) },
        });
      }),
    };
  },
};
