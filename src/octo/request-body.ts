import type { IncomingMessage } from 'node:http';
import { headerOf } from '../http/index.js';
import { badRequest, OctoError } from './octo-error.js';

/** A hundred ids fit easily. */
const MOST_BYTES = 64 * 1_024;

/**
 * The text of a request's body. Where the client breaks off there is nobody to answer, and it never comes.
 * @throws OctoError when it is too long; it is not read to its end then
 */
export function bodyText(request: IncomingMessage): Promise<string> {
  if (headerOf(request, 'content-encoding') !== undefined) {
    throw new OctoError('BAD_REQUEST', 'Send the body as it is, without Content-Encoding.', { status: 415 });
  }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MOST_BYTES) parts.push(part);
      // The rest is of no use, and the connection ends with the answer.
      else reject(tooLong());
    });
    request.on('end', () => {
      // A list of one is what nearly every request has.
      const [first, ...others] = parts;
      resolve(first && others.length === 0 ? first.toString() : Buffer.concat(parts).toString());
    });
    if (request.readableEnded) resolve('');
  });
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
