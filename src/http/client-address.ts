import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';

/** The part of an IPv6 address that identifies a client: each has a whole network of such addresses. */
const NETWORK_BITS = 64;
/** `192.0.2.1:4711`, `[2001:db8::1]:4711`, `[2001:db8::1]`: some proxies write these. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/;

/**
 * The client's address in one canonical spelling, so that it can be counted: an IPv4 address or the network of an IPv6 address, as
 * the outermost trusted proxy names it. Where that is no address it is the address of the connection.
 * @param proxies how many trusted proxies stand before the server
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const nearest = request.socket.remoteAddress ?? '';
  const named = proxies === 0 ? undefined : forwardedFor(request.headers['x-forwarded-for'], proxies);
  return (named === undefined ? undefined : spelled(named)) ?? spelled(nearest) ?? nearest;
}

/** The address that the outermost trusted proxy names; with fewer names than proxies the farthest. */
function forwardedFor(header: string | readonly string[] | undefined, proxies: number): string | undefined {
  const hops = String(header ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  return hops.at(-Math.min(proxies, hops.length));
}

/** Undefined: it is no address. */
function spelled(text: string): string | undefined {
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  // `isValid` alone also takes numbers and short forms ("1", "0x7f.1") for addresses.
  if (!address.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(address)) return undefined;
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone(address)}/${NETWORK_BITS}`).toString()}/${NETWORK_BITS}`;
}

/** `fe80::1%eth0` */
function withoutZone(address: string): string {
  return address.split('%')[0] ?? address;
}
