import type { Random } from './random.ts';

export type NetworkKind = 'home' | 'mobile' | 'hosting' | 'office' | 'campus' | 'vpn';

export interface Network {
  readonly asn: number;
  readonly kind: NetworkKind;
  readonly country: string;
  /** First two octets of its IPv4 ranges. */
  readonly ranges: readonly string[];
  /** First three groups of its IPv6 range, if it has one. */
  readonly range6?: string;
}

export interface Place {
  readonly address: string;
  readonly asn: number;
}

/** Countries with their hours ahead of UTC, roughly by number of users. */
export const Countries: readonly (readonly [string, number])[] = [
  ['US', -6],
  ['IN', 5.5],
  ['GB', 0],
  ['DE', 1],
  ['BR', -3],
  ['JP', 9],
  ['FR', 1],
  ['CA', -5],
  ['KR', 9],
  ['AU', 10],
  ['ID', 7],
  ['VN', 7],
  ['PL', 1],
  ['MX', -6],
  ['TR', 3],
  ['SG', 8],
  ['NG', 1],
  ['ES', 1],
  ['NL', 1],
  ['AR', -3],
];

export const offsetOf = (country: string): number => Countries.find(([code]) => code === country)?.[1] ?? 0;

const amounts: readonly (readonly [NetworkKind, number])[] = [
  ['home', 60],
  ['mobile', 24],
  ['hosting', 16],
  ['office', 40],
  ['campus', 12],
  ['vpn', 6],
];

/** First octets that are neither private, loopback, multicast nor reserved. */
const firstOctets = Array.from({ length: 200 }, (_, i) => i + 11).filter(
  (n) => ![100, 127, 169, 172, 192, 198, 203].includes(n),
);

/** Invented networks. Their numbers are from the range for private use, so none names a real operator. */
export function makeNetworks(random: Random): Network[] {
  const networks: Network[] = [];
  const used = new Set<string>();
  let asn = 64_512;
  for (const [kind, amount] of amounts) {
    for (let i = 0; i < amount; i++) {
      const ranges: string[] = [];
      while (ranges.length < (kind === 'home' || kind === 'mobile' ? 4 : 1)) {
        const range = `${random.pick(firstOctets)}.${random.int(0, 255)}`;
        if (!used.has(range)) ranges.push(range);
        used.add(range);
      }
      asn += random.int(1, 6);
      const country = Countries[i % Countries.length]?.[0] ?? 'US';
      const range6 = `2a0${random.int(1, 9)}:${random.hex(4)}:${random.hex(3)}`;
      networks.push({ asn, kind, country, ranges, ...(random.chance(0.3) && kind !== 'vpn' ? { range6 } : {}) });
    }
  }
  return networks;
}

export const networksOf = (networks: readonly Network[], kind: NetworkKind, country?: string): Network[] =>
  networks.filter((network) => network.kind === kind && (country === undefined || network.country === country));

/** A random address in the network; subscribers with IPv6 use it half of the time. */
export function placeIn(network: Network, random: Random): Place {
  if (network.range6 !== undefined && random.chance(0.5)) {
    const tail = `${random.hex(3)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}`;
    return {
      address: `${network.range6}${random.hex(1)}:1${tail}:${random.hex(4)}`.replace(/:0+(?=[0-9a-f])/g, ':'),
      asn: network.asn,
    };
  }
  return placeInV4(network, random);
}

export const placeInV4 = (network: Network, random: Random): Place => ({
  address: `${random.pick(network.ranges)}.${random.int(0, 255)}.${random.int(1, 254)}`,
  asn: network.asn,
});
