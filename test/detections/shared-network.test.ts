import { sharedNetwork } from '../../src/detections/shared-network.ts';
import { describeDetection } from './describe-detection.ts';
import type { Life } from './world.ts';

const from = (network: number): string => `203.0.${network}.${10 + (network % 200)}`;
/** Requests leave from one of these networks after the other. */
const rotating = (networks: number, user_agent: string | null): Life => ({
  exchange: (index) => ({ client_address: from(index % networks), user_agent }),
});

describeDetection(sharedNetwork, {
  fires: {
    'six accounts of one client that rotate over five networks': (world) => world.pool(6, rotating(5, 'relay/1')),
    'as many as the threshold, on two networks': (world) => world.pool(4, rotating(2, 'relay/1')),
    'two pools that share their networks, each with its own client': (world) => [
      ...world.pool(5, rotating(3, 'relay/1')),
      ...world.pool(5, rotating(3, 'relay/2')),
    ],
  },
  staysQuiet: {
    'an office: one network and one client': (world) => world.pool(30, rotating(1, 'office/1')),
    'an organisation with several networks': (world) =>
      world.pool(30, { ...rotating(5, 'office/1'), account: { organization_id: 'org_1' } }),
    'a VPN: shared networks, and many clients': (world) =>
      world.pool(30, (index) => rotating(5, `browser ${index % 15}`)),
    'one account fewer than the threshold': (world) => world.pool(3, rotating(5, 'relay/1')),
    'strangers who pass through a second network once': (world) =>
      world.pool(3, {
        exchange: (index) => ({ client_address: from(index === 0 ? 1 : 0), user_agent: 'popular/3' }),
      }),
    'a gateway that gives no client': (world) => world.pool(30, rotating(5, null)),
    'a gateway that gives no address': (world) =>
      world.pool(30, { exchange: () => ({ client_address: null, user_agent: 'relay/1' }) }),
    'a gateway that gives its own private addresses': (world) =>
      world.pool(30, (index) => ({
        exchange: (count) => ({ client_address: `10.0.${(index + count) % 5}.1`, user_agent: 'relay/1' }),
      })),
  },
});
