import { problemOf } from '../http/index.js';

/** The errors of OCTO, each with its status. OCTO puts those of a request under 400. */
const STATUSES = {
  INVALID_PRODUCT_ID: 400,
  INVALID_OPTION_ID: 400,
  INVALID_UNIT_ID: 400,
  INVALID_AVAILABILITY_ID: 400,
  INVALID_SUBSCRIPTION_ID: 400,
  BAD_REQUEST: 400,
  UNPROCESSABLE_ENTITY: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type OctoErrorCode = keyof typeof STATUSES;

interface More {
  /** Where OCTO has no code for it: 404, 405, 413, 503. */
  readonly status?: number;
  /** Raw header pairs. */
  readonly headers?: readonly string[];
  /** The id that is wrong, in OCTO’s field. */
  readonly about?: Readonly<Record<string, string>>;
}

/** An error in the words of OCTO: `{error, errorMessage, <the id>}`. */
export class OctoError extends Error {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;

  constructor(code: OctoErrorCode, message: string, { status, headers = [], about = {} }: More = {}) {
    super(message);
    this.status = status ?? STATUSES[code];
    this.headers = headers;
    this.body = JSON.stringify({ error: code, errorMessage: message, ...about });
  }
}

export function badRequest(message: string): OctoError {
  return new OctoError('BAD_REQUEST', message);
}

/** Whatever was thrown, as an OCTO error. What is not meant for clients is logged. */
export function octoErrorOf(
  error: unknown,
  request: { method: string | undefined; url: string | undefined },
): OctoError {
  if (error instanceof OctoError) return error;
  const { problem, retryAfterSeconds } = problemOf(error, request);
  const headers = retryAfterSeconds === undefined ? [] : ['retry-after', String(retryAfterSeconds)];
  const code = problem.status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
  return new OctoError(code, `${problem.title}. ${problem.detail}`, { status: problem.status, headers });
}
