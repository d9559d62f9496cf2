import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

export interface Address {
  address: string;
  family: 4 | 6;
}

/** An address that must not be connected to. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress';
}

export interface AddressGuard {
  /** The addresses behind a host, every one of them checked. Throws `ForbiddenAddress`, or what the resolver throws. */
  resolve(host: string): Promise<Address[]>;
  /** Whether an address is one that the configuration allows by name: there, encryption may be left out. */
  isAllowedByName(address: string): boolean;
}

/**
 * Lets public addresses through; private, loopback, link-local (cloud metadata among them) and other special ones only
 * where `allowed` (CIDR) names them. `resolveHost` is for tests.
 */
export function createAddressGuard(
  allowed: readonly string[],
  resolveHost: (host: string) => Promise<Address[]> = systemResolve,
): AddressGuard {
  const ranges = allowed.map((cidr) => ipaddr.parseCIDR(cidr));
  const isAllowedByName = (address: string) => {
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits] as never));
  };
  // Of IPv6, "unicast" leaves out what carries an IPv4 address inside, such as NAT64.
  const mayConnect = (address: string) => ipaddr.process(address).range() === 'unicast' || isAllowedByName(address);

  return {
    isAllowedByName,
    async resolve(host) {
      const bare = host.replace(/^\[|\]$/g, '');
      const addresses = ipaddr.isValid(bare)
        ? [{ address: bare, family: ipaddr.parse(bare).kind() === 'ipv4' ? (4 as const) : (6 as const) }]
        : await resolveHost(bare);
      // One bad address is enough: whoever answers for the name could mean it.
      const forbidden = addresses.find(({ address }) => !mayConnect(address));
      if (forbidden !== undefined || addresses.length === 0) {
        throw new ForbiddenAddress(
          `${host} is at ${forbidden?.address ?? 'no address'}, which may not be connected to`,
        );
      }
      return addresses;
    },
  };
}

async function systemResolve(host: string): Promise<Address[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
