import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AdminKey } from './admin-key.js';
import { ApiProblem } from './api-problem.js';

/** Lets pass who shows the admin key: `Authorization: Bearer <ADMIN_API_KEY>`. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly key: AdminKey) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const shown = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (shown === undefined) {
      throw new ApiProblem('UNAUTHORIZED', 'Send the header "Authorization: Bearer <ADMIN_API_KEY>".');
    }
    if (!this.key.matches(shown)) {
      throw new ApiProblem('FORBIDDEN', 'The key that was sent is not the ADMIN_API_KEY of this server.');
    }
    return true;
  }
}
