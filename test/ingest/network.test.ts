import { expect, test } from 'vitest';
import { networkOf } from '../../src/ingest/network.ts';

test.each([
  ['8.8.8.8', '8.8.8.0/24'],
  ['::ffff:8.8.8.8', '8.8.8.0/24'],
  ['::ffff:808:808', '8.8.8.0/24'],
  ['2a00:1450:4001:81b::200e', '2a00:1450:4001::/48'],
  ['2A00:1450:4001:0000::1', '2a00:1450:4001::/48'],
])('%s lies in %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  '10.1.2.3',
  '192.168.0.1',
  '172.16.5.5',
  '127.0.0.1',
  '169.254.169.254',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '100.64.0.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '',
  'not an address',
  '8.8.8.8.8',
  '999.1.1.1',
  '8.8.8.8:443',
  `1${'0'.repeat(5000)}`,
])('%j is in no public network', (address) => {
  expect(networkOf(address)).toBeUndefined();
});
