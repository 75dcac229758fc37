import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { refuseUnknown } from './refuse-unknown.js';

/** Refuses query parameters that a route does not read: they are misspelt, or would seem to do something. */
@Injectable()
export class KnownQuery implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const known = queryNames(context);
    const { query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    if (known) refuseUnknown(query, known);
    return next.handle();
  }
}

/** The names in its `@Query('name')` parameters; undefined: it reads the whole query, and checks it. */
function queryNames(context: ExecutionContext): string[] | undefined {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    Readonly<Record<string, { readonly data?: unknown }>> | undefined;
  const names = Object.entries(parameters ?? {})
    .filter(([place]) => place.startsWith(`${RouteParamtypes.QUERY}:`))
    .map(([, { data }]) => data);
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
