import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process in its leases. Differs after every start. */
export function processName(): string {
  return `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
}
