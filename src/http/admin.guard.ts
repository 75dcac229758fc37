import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminKeys } from './admin-keys.js';
import { ApiProblem } from './api-problem.js';
import { bearerKey } from './key-owner.js';

/** Who has something done, and by which request. */
export interface Actor {
  /** The name of the key. */
  readonly name: string;
  readonly requestId: string | null;
}

const actors = new WeakMap<FastifyRequest, Actor>();

/** Lets pass who shows an admin key: `Authorization: Bearer <key>`. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly keys: AdminKeys) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const shown = shownKey(request);
    if (shown === undefined) {
      throw new ApiProblem('UNAUTHORIZED', 'Send the header "Authorization: Bearer <ADMIN_API_KEY>".');
    }
    const name = this.keys.nameOf(shown);
    if (name === undefined) {
      throw new ApiProblem('FORBIDDEN', 'The key that was sent is none of the admin keys of this server.');
    }
    actors.set(request, { name, requestId: request.id });
    return true;
  }
}

/** For what more is told to admins: whether the request shows one of the keys. */
export function isAdmin(request: FastifyRequest, keys: AdminKeys): boolean {
  const shown = shownKey(request);
  return shown !== undefined && keys.nameOf(shown) !== undefined;
}

/** Whom a guard let pass; undefined: none did, or none stands before the route. */
export function knownActor(request: FastifyRequest): Actor | undefined {
  return actors.get(request);
}

/** Whom the guard let pass. @throws where no guard stands before the route */
function actorOf(request: FastifyRequest): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error('the route has no AdminGuard');
  return actor;
}

/** The parameter of a guarded route that tells who asks. */
export const ByAdmin = createParamDecorator((_: unknown, context: ExecutionContext) =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

function shownKey(request: FastifyRequest): string | undefined {
  return bearerKey(request.headers.authorization ?? '');
}
