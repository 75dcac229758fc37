import type { IncomingMessage } from 'node:http';
import { PREFIX } from './octo-route.js';

/** The answer to `GET /supplier`: for resellers this mirror is one supplier. */
export function supplierBody(endpoint: string): object {
  const contact = { website: null, email: null, telephone: null, address: null };
  return { id: 'slotmirror', name: 'Slotmirror', endpoint, contact };
}

/**
 * Where the client found us.
 * @param proxies how many trusted proxies stand before the server; they say which scheme they were asked with
 */
export function endpointOf({ headers }: Pick<IncomingMessage, 'headers'>, proxies: number): string {
  const { host = '', 'x-forwarded-proto': forwarded } = headers;
  const scheme = proxies > 0 && String(forwarded).split(',').at(-1)?.trim() === 'https' ? 'https' : 'http';
  const url = `${scheme}://${host}${PREFIX}`;
  return URL.canParse(url) ? url : `http://localhost${PREFIX}`;
}
