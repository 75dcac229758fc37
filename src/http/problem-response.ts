import { HttpException, Logger } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { failureText, isDatabaseFailure } from '../prisma/index.js';
import { ApiProblem, type ProblemBody } from './api-problem.js';
import { inRequest } from './request-scope.js';
import { RESPONSE_HEADERS } from './response-headers.js';

/** Seconds after which a client may try again. */
const RETRY_SECONDS = 5;

const logger = new Logger('Http');

/** A problem as it is sent: whoever sends it adds the headers that every response has. */
export interface ProblemResponse {
  readonly status: number;
  /** Raw pairs. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** The request as logs name it. */
export interface FailedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly id: string;
}

/** What a problem also says; undefined: not known where it is sent. */
export interface ProblemContext {
  readonly now?: Date | undefined;
  /** The methods that the path takes. */
  readonly methods?: readonly string[] | undefined;
}

/** Turns whatever was thrown into problem+json. Nothing internal leaves: an error that is not meant for clients is only logged. */
export function problemResponse(
  error: unknown,
  request: FailedRequest,
  { now, methods = [] }: ProblemContext = {},
): ProblemResponse {
  const { problem, retryAfterSeconds } = inRequest(request.id, () => problemOf(error, request, methods));
  const headers = ['content-type', 'application/problem+json; charset=utf-8', 'cache-control', 'no-store'];
  if (problem.status === 401) headers.push('www-authenticate', 'Bearer realm="slotmirror"');
  if (problem.status === 405) headers.push('allow', methods.join(', '));
  if (retryAfterSeconds !== undefined) headers.push('retry-after', String(retryAfterSeconds));
  const retryAt =
    now && retryAfterSeconds !== undefined
      ? { retryAt: new Date(now.getTime() + retryAfterSeconds * 1_000).toISOString() }
      : {};
  return { status: problem.status, headers, body: JSON.stringify({ ...problem, ...retryAt }) };
}

/**
 * Sends what was thrown, without the framework.
 * @param id of the request
 * @param more raw header pairs of this request only
 * @returns the status
 */
export function sendProblem(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  id: string,
  now: Date,
  more: readonly string[] = [],
): number {
  const { status, headers, body } = problemResponse(error, { method, url, id }, { now });
  const length = String(Buffer.byteLength(body));
  const own = ['content-length', length, 'x-request-id', id];
  response.writeHead(status, [...RESPONSE_HEADERS, ...headers, ...own, ...more]);
  response.end(method === 'HEAD' ? undefined : body);
  return status;
}

/** What a client may know of whatever was thrown; the rest is logged. @param methods that the path has */
export function problemOf(
  error: unknown,
  { method, url }: Omit<FailedRequest, 'id'>,
  methods: readonly string[] = [],
): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (isCutOff(error)) return asClientProblem(400, 'The request broke off before its end.');
  if (!(error instanceof HttpException) && isDatabaseFailure(error)) {
    logger.error(`${method} ${url}: the database is out of reach: ${failureText(error)}`);
    return new ApiProblem('DATABASE_UNAVAILABLE', 'Try again in a few seconds.', { retryAfterSeconds: RETRY_SECONDS });
  }
  const status = statusOf(error);
  if (status === 404 && methods.length > 0) {
    const allow = methods.join(', ');
    return new ApiProblem('METHOD_NOT_ALLOWED', `${method} is no method of this route. It takes ${allow}.`, {
      members: { allow: methods },
    });
  }
  if (status === 404) return new ApiProblem('NOT_FOUND', 'No such route. GET /openapi.json lists the routes.');
  // Thrown by the framework while the server closes.
  if (status === 503) {
    return new ApiProblem('NOT_READY', 'The server is stopping.', { retryAfterSeconds: RETRY_SECONDS });
  }
  if (status >= 400 && status < 500) return asClientProblem(status, messageOf(error));
  logger.error(`${method} ${url}`, error instanceof Error ? error.stack : String(error));
  return new ApiProblem(
    'INTERNAL_ERROR',
    'An unexpected error, logged under the X-Request-Id of this response. Try again; if it happens again, send that id to the operator.',
  );
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

/** What the framework found wrong with the request. Its messages about a client's mistake may be shown to the client. */
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
