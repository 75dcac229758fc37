import { isIPv4 } from 'node:net';

/** Whether the URL names this machine. Its host is normal already: every spelling of an address became one. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
