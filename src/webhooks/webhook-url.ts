import { isIP } from 'node:net';
import type { Network } from '../config/index.js';
import { mayBeCalled } from './public-address.js';

const LONGEST = 2_000;

/**
 * Checks the URL of a webhook. Names are checked when they are resolved, at each connection.
 * @returns what is wrong with it, and what would be right; null: nothing
 */
export function urlProblem(text: string, allowed: readonly Network[]): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || text.length > LONGEST)
    return `write an absolute URL like https://shop.example/slots, at most ${LONGEST} characters`;
  // Plain text is for receivers that the operator vouches for.
  const protocols = allowed.length > 0 ? ['https:', 'http:'] : ['https:'];
  if (!protocols.includes(url.protocol)) return 'it must begin with https://';
  if (url.username !== '' || url.password !== '')
    return 'it must not hold a user or a password; check the signature instead';
  if (url.hash !== '') return 'it must not hold a fragment (#…)';
  return refusedAddress(url, allowed);
}

/** An address in place of a name, in whichever form it was written, that may not be called. */
export function refusedAddress(url: URL, allowed: readonly Network[]): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 || mayBeCalled(host, allowed)) return null;
  return `${host} is not a public address; the operator may allow its network with WEBHOOK_ALLOWED_NETWORKS`;
}
