import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownActor } from './admin.guard.js';
import { inRequest } from './request-scope.js';

const logger = new Logger('Http');

/** A request that was answered. */
export interface Access {
  readonly method: string;
  readonly url: string;
  readonly id: string;
  readonly status: number;
  readonly elapsedMs: number;
}

/** One line for each change by an admin and for each failure of ours. Reads are counted, not logged one by one. */
export function logAccess(request: FastifyRequest, reply: FastifyReply): void {
  const { method, url, id } = request;
  const access = { method, url, id, status: reply.statusCode, elapsedMs: reply.elapsedTime };
  const actor = knownActor(request);
  const changed = actor !== undefined && method !== 'GET' && method !== 'HEAD';
  if (access.status >= 500) logFailure(access, actor?.name);
  else if (changed) {
    inRequest(id, () => {
      logger.log(lineOf(access, actor.name));
    });
  }
}

/** The same for a read that the framework does not see. */
export function logFailure(access: Access, actor?: string): void {
  if (access.status < 500) return;
  inRequest(access.id, () => {
    logger.warn(lineOf(access, actor));
  });
}

function lineOf({ method, url, status, elapsedMs }: Access, actor: string | undefined): string {
  return `${method} ${url} ${status} ${Math.round(elapsedMs)} ms${actor === undefined ? '' : ` by ${actor}`}`;
}
