import { sharedClient } from '../../src/detections/shared-client.ts';
import { describeDetection } from './describe-detection.ts';
import type { Life } from './world.ts';

const using = (client: string | null): Life => ({ exchange: () => ({ user_agent: client, tls_ja4: client }) });

describeDetection(sharedClient, {
  fires: {
    'five accounts with a client that nobody else has': (world) => world.pool(5, using('relay/1')),
    'a hash of the handshake alone': (world) =>
      world.pool(5, { exchange: () => ({ user_agent: null, tls_ja4: 't13d_rare' }) }),
    'two clients, four accounts each': (world) => [
      ...world.pool(4, using('relay/1')),
      ...world.pool(4, using('relay/2')),
    ],
  },
  staysQuiet: {
    'unrelated people with the usual clients': () => [],
    'a popular client of a third of everyone': (world) => world.pool(40, using('popular/3')),
    'one account fewer than the threshold': (world) => world.pool(3, using('relay/1')),
    'the tool of one organisation': (world) =>
      world.pool(5, { ...using('inhouse/1'), account: { organization_id: 'org_1' } }),
    'a client beside others, of less than six in ten exchanges': (world) =>
      world.pool(5, { exchange: (index) => (index % 2 === 0 ? { user_agent: 'tool/1', tls_ja4: 'tool/1' } : {}) }),
    'gateways that give no client': (world) => world.pool(30, using(null)),
  },
});
