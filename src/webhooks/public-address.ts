import ipaddr from 'ipaddr.js';
import type { Network } from '../config/index.js';

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether a webhook may be sent to an address: one of the public internet, or of a network that the operator allows. An IPv4
 * address is judged as such, however it is wrapped into IPv6.
 */
export function mayBeCalled(address: string, allowed: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (allowed.some((network) => isWithin(parsed, network))) return true;
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_IPV6));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
