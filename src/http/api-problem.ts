import { HttpException } from '@nestjs/common';

/** Every problem of the API: its stable code, its status, its title. A code is never reused for something else. */
export const PROBLEMS = {
  INVALID_EXPERIENCE_ID: [400, 'The experience id is malformed'],
  INVALID_DATE: [400, 'The date is malformed'],
  INVALID_REQUEST: [400, 'The request is malformed'],
  UNAUTHORIZED: [401, 'An admin key is needed'],
  FORBIDDEN: [403, 'The admin key is wrong'],
  NOT_FOUND: [404, 'There is nothing here'],
  EXPERIENCE_NOT_FOUND: [404, 'The experience is unknown'],
  DATE_NOT_COVERED: [404, 'The date is not mirrored'],
  NOTHING_TO_FETCH: [409, 'There is nothing to fetch'],
  TOO_MANY_REQUESTS: [429, 'You ask for too much'],
  NOT_SYNCED_YET: [503, 'The day was never fetched so far'],
  DAY_UNAVAILABLE: [503, 'The supplier answers nothing of use for the day'],
  OVERLOADED: [503, 'Too much is asked at once'],
  NOT_READY: [503, 'The server is not ready to serve'],
  DATABASE_UNAVAILABLE: [503, 'The database is out of reach'],
  INTERNAL_ERROR: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 */
export interface ProblemBody {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What a client can act on beside the code, by problem. */
  readonly [member: string]: unknown;
}

/** An error that is answered as problem+json. The detail says what was wrong and what to do. */
export class ApiProblem extends HttpException {
  readonly problem: ProblemBody;
  readonly retryAfterSeconds: number | undefined;

  /** @param options.members what a client can act on, beside the prose */
  constructor(
    code: ProblemCode,
    detail: string,
    options: { retryAfterSeconds?: number; members?: Readonly<Record<string, unknown>> } = {},
  ) {
    const [status, title] = PROBLEMS[code];
    super(title, status);
    this.problem = { type: 'about:blank', title, status, code, detail, ...options.members };
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
