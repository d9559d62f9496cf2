import type { Random } from '../random.ts';

/** Where requests come from. An address is drawn from a place's prefixes. */
export interface Place {
  asn: number;
  address: (random: Random) => string;
}

export interface Networks {
  /** A household's or phone's line: popular providers are popular. */
  home: (random: Random) => Place;
  /** A server with few addresses at one of a few large clouds. */
  server: (random: Random) => Place;
  /** A provider whose customers are often abused: resellers and proxies live there. */
  hosting: (random: Random) => Place;
  /** A network of its own: an office, a campus, a venue, a VPN's exit. */
  own: (random: Random, prefixes?: number) => Place;
  /** One household's address, out of everyone's providers: what a residential proxy sells. */
  exit: (random: Random) => Place;
}

const octet = (random: Random) => random.int(1, 223);
const prefix16 = (random: Random) => `${octet(random)}.${random.int(0, 255)}`;
const prefix24 = (random: Random) => `${prefix16(random)}.${random.int(0, 255)}`;
const group = (random: Random) => random.hex(4);

function fixed(asn: number, addresses: readonly string[]): Place {
  return { asn, address: (random) => random.pick(addresses) };
}

export function createNetworks(random: Random): Networks {
  const asn = () => random.int(2000, 64000);
  const provider = () => ({ asn: asn(), prefixes: Array.from({ length: random.int(3, 30) }, () => prefix16(random)) });
  const homes = Array.from({ length: random.int(80, 160) }, (_, rank) => [provider(), 1 / (rank + 2)] as const);
  const clouds = Array.from({ length: random.int(4, 8) }, (_, rank) => [provider(), 1 / (rank + 1)] as const);
  const hosts = Array.from({ length: random.int(8, 16) }, provider);
  const within = (prefixes: readonly string[], each: Random) =>
    `${each.pick(prefixes)}.${each.int(0, 255)}.${each.int(1, 254)}`;

  return {
    home(each) {
      const line = each.weighted(homes);
      const prefix = each.pick(line.prefixes);
      if (each.chance(0.12)) {
        const net = `2a${each.hex(2)}:${group(each)}:${group(each)}:${group(each)}`;
        return {
          asn: line.asn,
          address: (one) => `${net}:${[1, 2, 3, 4].map(() => group(one)).join(':')}`,
        };
      }
      const steady = each.chance(0.5);
      const addresses = Array.from({ length: each.int(1, 4) }, () => within([prefix], each));
      return steady ? fixed(line.asn, addresses) : { asn: line.asn, address: (one) => within([prefix], one) };
    },
    server(each) {
      const cloud = each.weighted(clouds);
      return fixed(
        cloud.asn,
        Array.from({ length: each.int(1, 4) }, () => within(cloud.prefixes, each)),
      );
    },
    hosting(each) {
      const host = each.pick(hosts);
      const prefixes = [each.pick(host.prefixes), each.pick(host.prefixes)];
      return { asn: host.asn, address: (one) => within(prefixes, one) };
    },
    own(each, prefixes = 1) {
      const nets = Array.from({ length: prefixes }, () => prefix24(each));
      return { asn: each.int(2000, 64000), address: (one) => `${one.pick(nets)}.${one.int(1, 254)}` };
    },
    exit(each) {
      const line = each.weighted(homes);
      return fixed(line.asn, [within(line.prefixes, each)]);
    },
  };
}
