import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownActor } from './admin.guard.js';
import { inRequest } from './request-scope.js';

const logger = new Logger('Http');

/** One line for what admins change, and for what went wrong on our side; reads are counted, not told one by one. */
export function logAccess(request: FastifyRequest, reply: FastifyReply): void {
  const { method, url, id } = request;
  const failed = reply.statusCode >= 500;
  const actor = knownActor(request);
  const changed = actor !== undefined && method !== 'GET' && method !== 'HEAD';
  if (!failed && !changed) return;
  const line = `${method} ${url} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms${actor ? ` by ${actor.name}` : ''}`;
  inRequest(id, () => {
    if (failed) logger.warn(line);
    else logger.log(line);
  });
}
