import { HttpException } from '@nestjs/common';
import * as s from '../schema/index.js';

/** Every problem of the API: its stable code, its status, its title. A code is never reused for something else. */
export const PROBLEMS = {
  INVALID_EXPERIENCE_ID: [400, 'The experience id is invalid'],
  INVALID_DATE: [400, 'The date is invalid'],
  INVALID_REQUEST: [400, 'The request is invalid'],
  UNAUTHORIZED: [401, 'An admin key is needed'],
  FORBIDDEN: [403, 'The admin key is wrong'],
  NOT_FOUND: [404, 'Nothing is found at this address'],
  METHOD_NOT_ALLOWED: [405, 'The route has no such method'],
  EXPERIENCE_NOT_FOUND: [404, 'The experience is unknown'],
  SUPPLIER_NOT_FOUND: [404, 'The supplier is unknown'],
  BACKFILL_NOT_FOUND: [404, 'The backfill is unknown'],
  WEBHOOK_NOT_FOUND: [404, 'The webhook is unknown'],
  DATE_NOT_COVERED: [404, 'The date is not mirrored'],
  CURSOR_EXPIRED: [410, 'What follows the cursor is not kept'],
  NOTHING_TO_FETCH: [409, 'There is nothing to fetch'],
  EXPERIENCE_EXISTS: [412, 'The experience exists already'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  SUPPLIER_FAILED: [502, 'The supplier gave no usable answer'],
  SUPPLIER_BUSY: [503, 'The supplier may not get a request now'],
  NOT_SYNCED_YET: [503, 'The day was not fetched yet'],
  DAY_UNAVAILABLE: [503, 'The supplier gives no usable answer for the day'],
  OVERLOADED: [503, 'The server is overloaded'],
  NOT_READY: [503, 'The server is not ready to serve'],
  DATABASE_UNAVAILABLE: [503, 'The database is out of reach'],
  INTERNAL_ERROR: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** RFC 9457 */
export const problem = s.named(
  'Problem',
  s.open(
    s.object(
      {
        type: s.oneOf(['about:blank']),
        title: s.text('The same for all problems of a code', PROBLEMS.INVALID_REQUEST[1]),
        status: s.integer('That of the response', PROBLEMS.INVALID_REQUEST[0]),
        code: s.oneOf(CODES, 'Stable: never changes its meaning', 'INVALID_REQUEST'),
        detail: s.text('What was wrong, and what to do', 'One sentence on what was wrong, where, and what to do.'),
      },
      'RFC 9457. Some problems have more members, for clients to act on',
    ),
  ),
);
export type ProblemBody = s.TypeOf<typeof problem>;

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
