import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inRequest } from './request-scope.js';
import { ApiProblem, type ProblemBody } from './api-problem.js';
import { failureText, isDatabaseFailure } from '../prisma/index.js';

/** Seconds after which a client may try again. */
const RETRY_SECONDS = 5;

/** Priorities whatever was thrown into problem+json. Nothing internal leaves: what we did not mean to say is only logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { problem, retryAfterSeconds } = inRequest(request.id, () => this.problemOf(error, request));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="slotmirror"');
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }

  private problemOf(error: unknown, request: FastifyRequest): ApiProblem {
    if (error instanceof ApiProblem) return error;
    if (isCutOff(error)) return asClientProblem(400, 'The request broke off before its end.');
    if (!(error instanceof HttpException) && isDatabaseFailure(error)) {
      this.logger.error(`${request.method} ${request.url}: the database is out of reach: ${failureText(error)}`);
      return new ApiProblem('DATABASE_UNAVAILABLE', 'Try again in a few seconds.', {
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
    const status = statusOf(error);
    if (status === 404) return new ApiProblem('NOT_FOUND', 'No such route. README.md lists those there are.');
    // The framework's own: the server is closing.
    if (status === 503)
      return new ApiProblem('NOT_READY', 'The server is stopping.', { retryAfterSeconds: RETRY_SECONDS });
    if (status >= 400 && status < 500) return asClientProblem(status, messageOf(error));
    this.logger.error(`${request.method} ${request.url}`, error instanceof Error ? error.stack : String(error));
    return new ApiProblem('INTERNAL_ERROR', 'It was logged. Try again; tell the operator if it stays.');
  }
}

/** What Node.js says of a client that closed its connection in the middle of a body. */
function isCutOff(error: unknown): boolean {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  return code === 'ECONNRESET' && message === 'aborted';
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/** What the framework found wrong with the request; its messages about a client's mistake are fit for the client. */
function messageOf(error: unknown): string {
  const response = error instanceof HttpException ? error.getResponse() : undefined;
  const said = typeof response === 'object' ? (response as { message?: unknown }).message : response;
  if (Array.isArray(said)) return said.join('; ');
  return typeof said === 'string' ? said : (error as Error).message;
}

/** A 4xx of the framework keeps its own status (413, 415, …). */
function asClientProblem(status: number, detail: string): ApiProblem {
  const base = new ApiProblem('INVALID_REQUEST', detail);
  const problem: ProblemBody = { ...base.problem, status };
  return Object.assign(base, { problem });
}
