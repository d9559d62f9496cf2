import ipaddr from 'ipaddr.js';

const V4_BITS = 24;
const V6_BITS = 48;

/** The network of a public address, `203.0.113.0/24` or `2001:db8::/48`; undefined for anything else. */
export function networkOf(address: string): string | undefined {
  if (address.length > 64 || !ipaddr.isValid(address)) return undefined;
  // `process` also turns an IPv4 address in IPv6 clothes into itself.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return undefined;
  // Nearly every address is the fourth version's; by way of text it takes three times as long.
  if (parsed instanceof ipaddr.IPv4) return `${parsed.octets.slice(0, V4_BITS / 8).join('.')}.0/${V4_BITS}`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${V6_BITS}`).toString()}/${V6_BITS}`;
}
