import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matches } from './conditional-request.js';

/** Sends JSON with a tag of its content, or 304 to a client that has it. For responses that are read seldom, and not cached here. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, value: unknown): void {
  const text = JSON.stringify(value);
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  // Admins see more than others.
  void reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'authorization');
  if (matches(request.headers['if-none-match'], etag)) void reply.status(304).send();
  else void reply.header('content-type', 'application/json; charset=utf-8').send(text);
}
