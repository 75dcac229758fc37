import type { FastifyRequest } from 'fastify';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

const WITHOUT_BODY: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/**
 * A chunked body in which nothing comes is no body, whatever type it announces: clients and proxies that stream send one
 * with a request that has none. A hook (`preParsing`): its length is known only when it was looked at.
 */
export async function withoutEmptyBody<Body>(request: FastifyRequest, _reply: unknown, body: Body): Promise<Body> {
  const { headers, method, raw } = request;
  if (headers['transfer-encoding'] === undefined || WITHOUT_BODY.includes(method)) return body;
  if (await isEmpty(raw)) {
    delete headers['transfer-encoding'];
    delete headers['content-type'];
  }
  return body;
}

/** @throws when the client breaks off */
async function isEmpty(raw: IncomingMessage): Promise<boolean> {
  for (;;) {
    await once(raw, 'readable');
    const first: unknown = raw.read();
    if (first !== null) {
      raw.unshift(first);
      return false;
    }
    if (raw.complete) return true;
  }
}
