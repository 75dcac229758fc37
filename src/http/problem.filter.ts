import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../time/index.js';
import { problemResponse } from './problem-response.js';
import type { RouteMethods } from './route-methods.js';

/** Has the framework send whatever was thrown as problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /**
   * @param clock absent: problems name no instant
   * @param routes absent: a wrong method is an unknown route
   */
  constructor(
    private readonly clock?: Clock,
    private readonly routes?: RouteMethods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, headers, body } = problemResponse(error, request, {
      now: this.clock?.now(),
      methods: this.routes?.of(request.url),
    });
    addHeaders(reply, headers);
    void reply.status(status).send(body);
  }
}

/** @param pairs raw header pairs */
export function addHeaders(reply: FastifyReply, pairs: readonly string[]): void {
  for (let i = 0; i < pairs.length; i += 2) void reply.header(pairs[i] ?? '', pairs[i + 1]);
}
