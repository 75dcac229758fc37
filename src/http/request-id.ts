import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** By which a request is found again in logs and in the audit trail: the one that the client or a proxy gave it, or a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}
