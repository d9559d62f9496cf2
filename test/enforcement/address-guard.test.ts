import { describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../src/enforcement/address-guard.ts';

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '::',
  ])('%s is refused, as a name’s answer and by itself', async (address) => {
    const guard = createAddressGuard([], async () => [
      { address: '93.184.216.34', family: 4 },
      { address, family: 4 },
    ]);
    await expect(guard.resolve('accounts.example')).rejects.toThrow('may not be connected to');
    await expect(guard.resolve(address.includes(':') ? `[${address}]` : address)).rejects.toThrow('may not be');
  });

  it('are let through where they are public, or allowed by name', async () => {
    expect(await createAddressGuard([]).resolve('93.184.216.34')).toHaveLength(1);
    expect(await createAddressGuard(['10.0.0.0/8']).resolve('10.1.2.3')).toHaveLength(1);
    await expect(createAddressGuard(['10.0.0.0/8']).resolve('11.0.0.1')).resolves.toHaveLength(1);
    await expect(createAddressGuard(['10.0.0.0/8']).resolve('192.168.0.1')).rejects.toThrow('may not be');
  });

  it('are known by their kind, whatever is allowed of the other', async () => {
    const guard = createAddressGuard(['10.0.0.0/8', '::1/128']);
    expect(await guard.resolve('[::1]')).toEqual([{ address: '::1', family: 6 }]);
    expect(await guard.resolve('10.0.0.1')).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect([guard.isAllowedByName('::ffff:10.0.0.1'), guard.isAllowedByName('fd00::1')]).toEqual([true, false]);
  });

  it('come from the system where nobody else says them', async () => {
    const found = await createAddressGuard(['127.0.0.0/8', '::1/128']).resolve('localhost');
    expect(found.length).toBeGreaterThan(0);
    for (const { address, family } of found) expect(family).toBe(address.includes(':') ? 6 : 4);
  });

  it('that a name does not have are none to connect to', async () => {
    await expect(createAddressGuard([], async () => []).resolve('accounts.example')).rejects.toMatchObject({
      name: 'ForbiddenAddress',
      message: 'accounts.example is at no address, which may not be connected to',
    });
    await expect(createAddressGuard([]).resolve('10.0.0.1')).rejects.toThrow('10.0.0.1 is at 10.0.0.1, which');
  });
});
