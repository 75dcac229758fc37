import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { headerOf } from './request-header.js';

/** How many hexadecimal digits the last group of a UUID has. */
const COUNTER_DIGITS = 12;

/** All but the last group of the UUIDs of this process, which counts its requests. */
const OURS = randomUUID().slice(0, -COUNTER_DIGITS);
let requests = 0;

/** Identifies the request in logs and in the audit trail: the id that the client or a proxy gave it, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = headerOf(request, 'x-request-id');
  return given !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : newRequestId();
}

/** A UUID. Random digits for each would cost a twelfth of a response from memory. */
export function newRequestId(): string {
  requests += 1;
  return OURS + requests.toString(16).padStart(COUNTER_DIGITS, '0');
}
