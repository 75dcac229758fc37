import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address.js';

describe('clientAddress', () => {
  const request = (forwarded?: string) =>
    ({
      socket: { remoteAddress: '10.0.0.9' },
      headers: { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  it.each([
    ['nobody is trusted: whoever is connected', 0, '192.0.2.1', '10.0.0.9'],
    ['one proxy: whom it names', 1, '192.0.2.1', '192.0.2.1'],
    ['one proxy: not what its client claims', 1, '198.51.100.7, 192.0.2.1', '192.0.2.1'],
    ['two proxies: whom the outer one names', 2, '198.51.100.7, 192.0.2.1', '198.51.100.7'],
    ['more proxies than names: the farthest', 3, ' 198.51.100.7 ,, 192.0.2.1', '198.51.100.7'],
    ['a proxy that names nobody: the proxy', 1, undefined, '10.0.0.9'],
    ['an address with a port', 1, '192.0.2.1:4711', '192.0.2.1'],
    ['an IPv4 address as IPv6', 1, '::ffff:192.0.2.1', '192.0.2.1'],
    ['the same in hex and brackets, with a port', 1, '[::ffff:c000:201]:4711', '192.0.2.1'],
    ['the network of an IPv6 address', 1, '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['the same, compressed', 1, '2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['the same in capitals, with zeros and a port', 1, '[2001:0DB8:0001:0002::0006]:443', '2001:db8:1:2::/64'],
    ['a short one', 1, '2001:db8::1', '2001:db8::/64'],
    ['one with a zone', 1, 'fe80::1%eth0', 'fe80::/64'],
    ['what is no address: whoever is connected', 1, 'unknown', '10.0.0.9'],
    ['a number', 1, '3221225985', '10.0.0.9'],
    ['a name', 1, 'buyer.example:80', '10.0.0.9'],
    ['an address with a rest', 1, '192.0.2.1, 192.0.2.1x', '10.0.0.9'],
  ])('%s', (_name, proxies, forwarded, address) => {
    expect(clientAddress(request(forwarded), proxies)).toBe(address);
  });
});
