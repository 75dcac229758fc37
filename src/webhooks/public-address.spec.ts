import { describe, expect, it } from '@jest/globals';
import ipaddr from 'ipaddr.js';
import { mayBeCalled } from './public-address.js';

describe('an address that a webhook may be sent to', () => {
  it.each(['8.8.8.8', '203.0.112.255', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s', (address) => {
    expect(mayBeCalled(address, [])).toBe(true);
  });
});

describe('an address that it may not be sent to', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      'fe80::1',
      'fec0::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
    ],
    ...['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:db8::1', '4000::1', '100::1'],
    ...['localhost', '', 'not an address'],
  ])('%s', (address) => {
    expect(mayBeCalled(address, [])).toBe(false);
  });

  it('unless the operator allows its network', () => {
    const allowed = [ipaddr.parseCIDR('10.0.0.0/8'), ipaddr.parseCIDR('fd12::/16')];
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1'].map((address) => mayBeCalled(address, allowed))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['11.0.0.1', '127.0.0.1', 'fd13::1'].map((address) => mayBeCalled(address, allowed))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
