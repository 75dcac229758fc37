import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { headerOf } from './request-header.js';

/** Identifies the request in logs and in the audit trail: the id that the client or a proxy gave it, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = headerOf(request, 'x-request-id');
  return given !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}
