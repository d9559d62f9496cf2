import { networkRotation } from '../../src/detections/network-rotation.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, queue } from './world.ts';

/** One request after the other from the next of these operators. */
const through = (systems: readonly (number | undefined)[]): Life => ({
  exchange: (index) => ({ client_asn: systems[index % systems.length] }),
});
const proxies = [3320, 3215, 7018, 4134, 9829, 12_322];

describeDetection(networkRotation, {
  fires: {
    'a pool behind residential proxies': (world) => world.pool(6, through(proxies)),
    'as many operators as the threshold': (world) => world.pool(2, through(proxies.slice(0, 4))),
    'exits on different days': (world) =>
      world.pool(2, {
        rhythm: queue(12),
        exchange: (index) => ({ client_asn: proxies[Math.floor(index / 5) % 5] }),
      }),
  },
  staysQuiet: {
    'home, telephone and office': (world) => world.pool(20, through(proxies.slice(0, 3))),
    'a cloud: many addresses of one operator': (world) =>
      world.pool(20, (number) => ({
        exchange: (index) => ({ client_asn: 16_509, client_address: `203.0.${(number * 7 + index) % 200}.9` }),
      })),
    'a gateway that gives no operator': (world) =>
      world.pool(20, { exchange: (index) => ({ client_address: `203.0.${index % 200}.9` }) }),
    'fields missing at random': (world) => world.pool(20, through([3320, undefined, 3215, undefined])),
    'a traveller of last week': (world) =>
      world.pool(2, { ...through(proxies), from: Date.parse('2026-03-03T00:00:00Z'), days: 4 }),
  },
});
