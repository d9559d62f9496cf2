import { type Group } from '../kinds.ts';
import { createPeople, groupOf } from '../people/population.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';

/** People who use one VPN, and else have nothing in common. */
export function vpnUsers(setting: Setting, random: Random): Group {
  const exits = setting.networks.own(random, random.int(2, 6));
  const people = createPeople(setting, random, random.int(45, 75), (_, each) => ({
    record: { signup_address: exits.address(each) },
    reach: {
      places: [
        [exits, each.int(4, 12)],
        [setting.networks.home(each), 1],
      ],
    },
  }));
  return groupOf('vpn-users', 'lookalike', people);
}
