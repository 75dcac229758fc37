import type { IncomingMessage } from 'node:http';
import { headerOf } from '../http/index.js';
import { badRequest, OctoError } from './octo-error.js';

/** A hundred ids fit easily. */
const MOST_BYTES = 64 * 1_024;

/**
 * Reads the text of a request's body. Where the client breaks off there is nobody to answer, and neither function is called.
 * Without a promise, because most responses are in memory and are sent in the same turn.
 * @param failed called when it is not read: it is too long, or encoded
 */
export function withBody(
  request: IncomingMessage,
  got: (text: string) => void,
  failed: (error: OctoError) => void,
): void {
  if (headerOf(request, 'content-encoding') !== undefined) {
    failed(new OctoError('BAD_REQUEST', 'Send the body as it is, without Content-Encoding.', { status: 415 }));
    return;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on('data', (part: Buffer) => {
    // The rest is of no use, and the connection ends with the answer.
    if (bytes > MOST_BYTES) return;
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(part);
    else failed(tooLong());
  });
  request.on('end', () => {
    if (bytes > MOST_BYTES) return;
    // A list of one is what nearly every request has.
    const [first, ...others] = parts;
    got(first && others.length === 0 ? first.toString() : Buffer.concat(parts).toString());
  });
  if (request.readableEnded) got('');
}

/** @throws OctoError */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest('The body is not JSON.');
  }
}

function tooLong(): OctoError {
  return new OctoError('BAD_REQUEST', `The body is longer than ${MOST_BYTES} bytes.`, {
    status: 413,
    headers: ['connection', 'close'],
  });
}
